import { emotions } from "./vocabulary.ts";

/** What a direction in a script asks for. */
export type Direction = {
  /** Whether the same words are prose, or a variable's name, as well. */
  readonly doubtful: boolean;
} & (
  | { readonly kind: "pause"; readonly time: string }
  | { readonly kind: "laughter" | "sound" | "cue" }
  | { readonly kind: "manner"; readonly tag: string }
);

/** What a line of a sound cue begins with, in capitals. */
export const lineHeads =
  "SFX|FX|BGM|SOUND|SOUND EFFECT|MUSIC|ATMO|B-ROLL|FADE IN|FADE OUT|FADE TO BLACK|CUT TO|SMASH CUT TO|DISSOLVE TO|MUSIK|GERÄUSCH";

/** Words by language: English, German, then others; each list is read without its spaces. */
const words = (...lists: readonly string[]): string =>
  lists
    .join(" ")
    .split(" ")
    .map((word) => word.replaceAll("_", " "))
    .join("|");

const PAUSE = words(
  "pause|pauses|pausing|beat|beats pausieren|stille|sprechpause|denkpause|kunstpause",
  "pausa|silencio|silenzio|silêncio|silence|pauze|stilte|un_temps пауза|тишина",
  "หยุด|หยุดพัก|เว้นจังหวะ 停顿|停頓|暂停|沉默|間|間を置く|ポーズ|沈黙|쉼|침묵",
);
/** Words that mean a pause as well as something else. */
const PERHAPS_PAUSE = words("wait|hold|break|rest|moment|breath|breathe warten|atempause|moment");
const LONG = words("long|longer|extended|dramatic|big lange|längere|dramatische");
const SHORT = words("short|shorter|brief|slight|small|tiny|quick kurze|kleine");
const ANY_LENGTH = `${LONG}|${SHORT}|a|eine|another|awkward|medium|mittlere`;
const COUNTS: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, ten: 10, half: 0.5, "half a": 0.5 },
  ...{ eine: 1, zwei: 2, drei: 3, vier: 4, fünf: 5, sechs: 6, zehn: 10, "eine halbe": 0.5 },
};
const COUNT = String.raw`\d{1,6}(?:[.,]\d{1,6})?|[.,]\d{1,6}|${Object.keys(COUNTS).reverse().join("|")}`;
const UNIT = words(
  "milliseconds|millisecond|msecs|msec|ms|seconds|second|secs|sec|s millisekunden|sekunden|sekunde|sek",
  "segundos|segundo|secondi|secondo|secondes|seconde|seconden|秒",
);
const FOR = "for|of|von|für|time|de|di";

const LAUGHS = words(
  "laugh|laughs|laughing|laughter|laughters|laugther|lauhgter|laghter|laugter|chuckle|chuckles|chuckling|giggle|giggles|giggling",
  "lacht|lachen|lachend|gelächter|kichert|kichern|schmunzelt rires|rit|risas|ríe|ride|risate|risos|lach|gelach",
  "смех|смеётся|смеется|หัวเราะ|笑|笑い|笑声|大笑|웃음|lol|haha",
);
/** Sounds that other services make, and this one does not: verbs of an actor, which are no part of a sentence. */
const NOISES = words(
  "applause|breathes|clears_throat|clears_his_throat|clears_her_throat|cough|coughs|coughing|cries|crying|exhale|exhales|gasp|gasps",
  "groan|groans|grunts|gulps|hums|inhale|inhales|moan|moans|sigh|sighs|sighing|sings|singing|sniff|sniffs|snorts|sob|sobs|sobbing",
  "wheezes|wheezing|hiccups|burps|hesitates|stammers|stammering|screaming|muttering|mumbling",
  "swallows|whistles|yawn|yawns|whisper|whispers|whispering|whispered|shouts|shouting|yells|screams|mumbles|mutters|stutters",
  "applaus|beifall|atmet|atmet_ein|atmet_aus|atmet_tief_ein|räuspert_sich|räuspern|hustet|husten|weint|schluchzt|keucht|stöhnt",
  "seufzt|seufzen|seufzer|summt|singt|pfeift|gähnt|schluckt|flüstert|flüsternd|flüstern|schreit|ruft|brüllt|murmelt|stottert",
  "soupire|soupir|suspira|suspiro|sospira|chuchote|applaudissements|aplausos|applausi|zucht|вздыхает|аплодисменты|шёпотом",
  "叹气|哽咽|เสียงปรบมือ|ため息|掌声|拍手|박수",
);
/** Sounds and cues whose words are prose as well. */
const CUES = words(
  "music|intro|outro|jingle|sting|stinger|sfx|fx|sound_effect|silence|sounds|theme|theme_song|ambience|atmo|static|thunder|footsteps",
  "click|next_slide|slide|transition|ad_break|commercial_break|advert|b-roll|cut|cut_to_black|fade|fade_in|fade_out|fade_to_black",
  "clapping|gunshot|gunshots|explosion|inaudible|unintelligible|indistinct|crosstalk|background_noise|overlapping|interrupting|interrupts|bleep|beep|dial_tone|unverständlich",
  "to_camera|to_audience|sotto_voce|voiceover|voice-over|gestures|nods|smiles|smiling|shrugs|winks|aside|aloud|kneels|weeps|dies|they_embrace|they_fight|flourish|alarum|alarums|curtain|blackout",
  "musik|intromusik|geräusch|geräusche|ton|soundeffekt|schweigen|klick|nächste_folie|folienwechsel|werbung|werbepause|schnitt",
  "einblendung|ausblenden|einblenden|zur_kamera|zum_publikum|beiseite|lächelt|nickt|ab|szenenwechsel",
  "musique|música|musica|muziek|музыка|ดนตรี|เสียงดนตรี|เสียงเพลง|音乐|音樂|音楽|음악",
);
/** Marks of screenplays: nothing else is meant by them. */
const MARKS = words("v.o.|v.o|o.s.|o.s|o.c.|cont'd|cont’d|contd|off-screen|offscreen");
/** What stands before a colon, or begins or ends a cue. */
const HEADS = words(
  "sfx|fx|bgm|bell|action|reaction|sound|sounds|sound_effect|sound_effects|music|song|audio|video|b-roll|broll|camera|visual|visuals|on-screen|on_screen",
  "graphic|graphics|slide|stage|scene|cue|ambience|atmo|bed|jingle|transition|lower_third|direction|cut_to|fade_to|smash_cut|screen|black_screen",
  "close-up|closeup|close_on|wide_shot|medium_shot|tracking_shot|montage|flashback|title_card|text_on_screen|super",
  "musik|geräusch|geräusche|ton|bild|regie|einblendung|szene|kamera|folie|schnitt|soundeffekt",
);
const SETTERS = words("emotion|tone|mood|voice|style|feeling stimmung|tonfall|gefühl|emotion");
/** What is heard in a scene, at the end of what happens there: "door slams", "birds chirping". */
const HAPPENS = words(
  "slams|slamming|opens|closes|shuts|shatters|rustling|approaching|crackling|roars|roaring|blowing|wailing|rings|ringing|creaks|creaking|crashes|crashing|chirping|knocks|knocking|barks|barking|beeps|beeping|buzzes|buzzing",
  "rumbles|rumbling|howls|howling|ticking|cheers|cheering|clapping|applauds|applauding|honking|whooshes|whoosh|explodes|explosion",
  "klingelt|knarrt|klopft|bellt|piept|schlägt_zu|rauschen|zwitschern|jubelt|applaudiert|klatscht",
);

/** Ways of speaking that the service has no tag for. */
const MANNER_WORDS = words(
  "mischievously|playfully|warmly|nervously|sheepishly|flatly|dramatically|cheerfully|hesitantly|sternly|gently|firmly|bitterly",
  "thoughtfully|sincerely|coldly|eagerly|solemnly|breathlessly|tenderly|seriously|gruffly|urgently|teasingly|robotically|quizzically",
  "deadpan|breathless|rushed|drawn_out|lighthearted|matter-of-fact|monotone|singsong|in_awe|under_his_breath|under_her_breath",
  "freundlich|ernst|nachdenklich|zögernd|verschmitzt|spöttisch|geheimnisvoll|atemlos|betont 小声|小聲|低声|低聲|轻声|大声|苦笑|微笑|激动|小声で|大声で",
);
/** What a manner of speaking ends with: "French accent", "in a whisper". */
const SPOKEN_WITH =
  /^(?!(?:(?:of|in|with) )?(?:the|his|her|its|my|your|our|their|this|that) )\p{L}.* (?:tone|voice|accent|whisper|stimme|tonfall|akzent)$/iu;

const MANNERS: Readonly<Record<string, string>> = {
  ...ratio("volume", "1.5", "loud|loudly|louder|laut|lauter"),
  ...ratio("volume", "0.6", "quiet|quietly|quieter|soft|softly|leise|leiser"),
  ...ratio("speed", "0.8", "slow|slowly|slower|langsam|langsamer"),
  ...ratio("speed", "1.2", "fast|faster|quickly|schnell|schneller"),
};

function ratio(tag: string, value: string, names: string): Record<string, string> {
  const asTag = `<${tag} ratio="${value}"/>`;
  return Object.fromEntries(names.split("|").map((name) => [name, asTag]));
}

/** German words for emotions of the service. */
const GERMAN: Readonly<Record<string, string>> = {
  ...{ aufgeregt: "excited", ruhig: "calm", traurig: "sad", wütend: "angry", verärgert: "angry" },
  ...{ fröhlich: "happy", glücklich: "happy", begeistert: "enthusiastic", ängstlich: "scared" },
  ...{ überrascht: "surprised", erstaunt: "amazed", neugierig: "curious", müde: "tired" },
  ...{ stolz: "proud", sarkastisch: "sarcastic", ironisch: "ironic", gelangweilt: "bored" },
  ...{
    besorgt: "anxious",
    verwirrt: "confused",
    enttäuscht: "disappointed",
    frustriert: "frustrated",
  },
};
/** Emotions that mean something else in most texts. */
const AMBIGUOUS: ReadonlySet<string> = new Set(["content", "trust", "anticipation", "distant"]);

const pattern = (source: string): RegExp => new RegExp(`^(?:${source})$`, "iu");
const TIMED = pattern(
  String.raw`(?:(?<named>(?:${ANY_LENGTH}) )?(?:${PAUSE}|${PERHAPS_PAUSE}))?[ :=,–—-]*(?:(?:${FOR})[ :=]*)?["']?(?<count>${COUNT})[ -]?(?<unit>${UNIT})?["']?(?: ?(?:${PAUSE}|${PERHAPS_PAUSE}))?`,
);
const SAYS_PAUSE = new RegExp(`(?<![\\p{L}])(?:${PAUSE}|${PERHAPS_PAUSE})(?![\\p{L}])`, "iu");
const UNTIMED = pattern(String.raw`(?:(?:${ANY_LENGTH}) )*(?:${PAUSE})(?: for effect)?`);
const UNTIMED_DOUBTFUL = pattern(String.raw`(?:(?:${ANY_LENGTH}) )*(?:${PERHAPS_PAUSE}|silence)`);
const IS_LONG = new RegExp(`^(?:${LONG})(?= )`, "iu");
const IS_SHORT = new RegExp(`^(?:${SHORT})(?= )`, "iu");
const LAUGHING = pattern(
  String.raw`(?:(?:both|all|alle|beide|softly|nervous|nervously|evil|starts|begins|leise) )?(?:${LAUGHS})(?: (?:softly|nervously|quietly|loudly|harder|hysterically|leise|laut))?`,
);
const NOISE = pattern(
  String.raw`(?:(?:deep|heavy|long|loud|soft|quiet|happy|sad|frustrated|nervous|starts|begins) )?(?:${NOISES})(?: (?:softly|deeply|heavily|sharply|quietly|loudly|tief|leise|laut))?`,
);
const CUE = pattern(String.raw`(?:${CUES})(?: \d{1,3})?`);
const MANNER = pattern(MANNER_WORDS);
const MARK = pattern(MARKS);
const HEADED = new RegExp(`^(?:${HEADS})(?: \\d{1,3})?(?: ?[:：]| [–—-]) ?\\S`, "iu");
const SET = new RegExp(`^(?:${SETTERS}) ?[:=] ?`, "iu");
const MUSIC =
  /(?<!\p{L})(?:music|musik|sfx|jingle|soundtrack|sound effect|sound of|theme song|audience (?:laughs|applauds|cheers))(?!\p{L})|[♪♫]/iu;
const HAPPENING = new RegExp(`(?<!\\p{L})(?:${HAPPENS})$`, "iu");
/** A head in capitals. */
const SHOT = new RegExp(`^(?=\\p{Lu}{2,})(?:${HEADS.toUpperCase()})(?: \\d{1,3})?[:：] ?\\S`, "u");
/** Who comes and goes in a play, and to whom one speaks. */
const STAGE =
  /^(?:(?:re-?)?(?:enters?|exits?) (?:an? |the )?\p{Lu}.*|exits?|exeunt(?: .*)?|(?:aside )?to (?:the )?\p{Lu}\p{L}+)$/u;
const CAMERA = /^(?:fades?|cuts?|zooms?|pans?|dissolves?) (?:in|out|to|from|up|down)(?!\p{L})/iu;
const SHOUTED = /^[\p{Lu}\d .,:'’/&-]+$/u;

/** Words of a direction at most: what is longer is text, but for what is headed, as `[WIDE SHOT: …]`. */
const MOST_WORDS = 8;

/**
 * What a direction asks for, if these words are one.
 * @param content what stands in the brackets, without white space around it.
 * @param alone whether it has its line for itself.
 */
export function readDirection(content: string, alone: boolean): Direction | undefined {
  const text = content
    .replace(/[*_"“”„]+/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const bare = text.replace(/[.!…,;:]+$/, "");
  const few = text.split(" ").length;
  if (bare === "") return undefined;
  if (few > MOST_WORDS) return SHOT.test(text) ? { kind: "cue", doubtful: true } : undefined;
  return (
    pauseOf(bare) ??
    mannerOf(bare) ??
    soundOf(bare) ??
    cueOf(text, few) ??
    (alone && few > 1 && SHOUTED.test(text) ? { kind: "cue", doubtful: true } : undefined)
  );
}

function pauseOf(text: string): Direction | undefined {
  const timed = TIMED.exec(text)?.groups;
  const named = SAYS_PAUSE.test(text);
  if (timed?.["count"] !== undefined && (named || timed["unit"] !== undefined)) {
    const time = timeOf(timed["count"], timed["unit"] ?? "");
    return time === undefined ? undefined : { kind: "pause", time, doubtful: !named };
  }
  const doubtful = UNTIMED_DOUBTFUL.test(text);
  if (!doubtful && !UNTIMED.test(text)) return undefined;
  const time = IS_LONG.test(text) ? "2s" : IS_SHORT.test(text) ? "500ms" : "1s";
  return { kind: "pause", time, doubtful };
}

/** Without a unit, small numbers are seconds. */
function timeOf(count: string, unit: string): string | undefined {
  const known = COUNTS[count.toLowerCase()];
  const number = known ?? Number(count.replace(",", ".").replace(/^\./, "0."));
  if (Number.isNaN(number) || number <= 0) return undefined;
  return /^m/i.test(unit) || (unit === "" && number >= 20) ? `${number}ms` : `${number}s`;
}

function mannerOf(text: string): Direction | undefined {
  const set = SET.exec(text)?.[0] ?? "";
  const word = text
    .slice(set.length)
    .toLowerCase()
    .replace(/^(?:very|more|slightly|suddenly|a bit|sehr|etwas|plötzlich) /, "");
  const manner = Object.hasOwn(MANNERS, word) ? MANNERS[word] : undefined;
  if (manner !== undefined) return { kind: "manner", tag: manner, doubtful: set === "" };
  const emotion = emotionOf(word);
  if (emotion === undefined || (set === "" && AMBIGUOUS.has(emotion))) {
    return set === "" ? undefined : { kind: "cue", doubtful: false };
  }
  return { kind: "manner", tag: `<emotion value="${emotion}"/>`, doubtful: set === "" };
}

/** The service's emotion that a word names: `sad`, `sadly`, `traurig`. */
function emotionOf(word: string): string | undefined {
  if (Object.hasOwn(GERMAN, word)) return GERMAN[word];
  const forms = [
    word,
    word.replace(/ily$/, "y"),
    word.replace(/ally$/, ""),
    word.replace(/ly$/, ""),
  ];
  return forms.find((form) => emotions.includes(form));
}

function soundOf(text: string): Direction | undefined {
  if (LAUGHING.test(text)) return { kind: "laughter", doubtful: false };
  return NOISE.test(text) ? { kind: "sound", doubtful: false } : undefined;
}

function cueOf(text: string, few: number): Direction | undefined {
  if (MARK.test(text)) return { kind: "cue", doubtful: false };
  const bare = text.replace(/[.!…,;:]+$/, "");
  if (
    CUE.test(bare) ||
    HEADED.test(text) ||
    CAMERA.test(text) ||
    STAGE.test(bare.replace(/^\p{L}/u, (first) => first.toLowerCase()))
  )
    return { kind: "cue", doubtful: true };
  if (MANNER.test(bare) || (few <= 4 && SPOKEN_WITH.test(bare))) {
    return { kind: "cue", doubtful: true };
  }
  const heard = MUSIC.test(text) || (few > 1 && few <= 5 && HAPPENING.test(bare));
  return heard ? { kind: "cue", doubtful: true } : undefined;
}
