/** How what follows is to be said. */
export interface SpeechStyle {
  /** 0.6 to 1.5, 1 is the voice's own speed. */
  readonly speed: number;
  /** 0.5 to 2, 1 is the voice's own volume. */
  readonly volume: number;
}

/** The bounds of speed and volume. Source: Cartesia TTS WebSocket reference, generation_config. */
export const styleBounds = {
  speed: { least: 0.6, most: 1.5 },
  volume: { least: 0.5, most: 2 },
} as const;

/** A stretch of a transcript: words, silence, or a change of style from here on. */
export type SpeechPart =
  /** `written` is what the text stands for, where that is not what the transcript has there. */
  | { readonly kind: "words"; readonly text: string; readonly written?: string }
  | { readonly kind: "break"; readonly seconds: number }
  | { readonly kind: "style"; readonly change: Partial<SpeechStyle> };

/** Longer breaks are cut to this, so that no tag asks for an hour of silence. */
const longestBreakSeconds = 60;

/** Spelled text, laughter, any tag, any comment. No part of it matches beyond the next `<`, so it reads in linear time. */
const markup = /<spell>([^<]*)<\/spell>|\[laughter\]|<\/?([a-z][\w-]*)([^<>]*)>|<!--[^<>]*-->/gi;

/** What a symbol is called when it is spelled. Others are passed over. */
const symbolNames: Readonly<Record<string, string>> = {
  "-": "dash",
  ".": "dot",
  ",": "comma",
  _: "underscore",
  "/": "slash",
  "\\": "backslash",
  "@": "at",
  "#": "hash",
  "&": "and",
  "+": "plus",
  "*": "star",
  "=": "equals",
  ":": "colon",
  "%": "percent",
  $: "dollar",
  "!": "exclamation mark",
  "?": "question mark",
  "'": "apostrophe",
};

/**
 * Reads the service's tags in a transcript: breaks and changes of style become parts, spelled text becomes its
 * characters' names, laughter is said, and emotions and tags that are not known are silent. A `<` that begins no tag is
 * text. Source: Cartesia TTS WebSocket reference, in-transcript tags.
 */
export function readSpeechMarkup(transcript: string): SpeechPart[] {
  const parts: SpeechPart[] = [];
  let end = 0;
  for (const match of transcript.matchAll(markup)) {
    const [tag, spelled, name, attributes] = match;
    parts.push({ kind: "words", text: transcript.slice(end, match.index) });
    if (name !== undefined) parts.push(readTag(name, attributes ?? ""));
    else if (spelled !== undefined) {
      parts.push({ kind: "words", text: spell(spelled), written: tag });
    } else parts.push(sayMarkup(tag));
    end = match.index + tag.length;
  }
  parts.push({ kind: "words", text: transcript.slice(end) });
  return parts.filter((part) => part.kind !== "words" || part.text !== "");
}

/** The transcript with its markup blanked: characters keep their places. */
export function maskSpeechMarkup(transcript: string): string {
  return transcript.replace(markup, (tag) => " ".repeat(tag.length));
}

/** Whether a tag, or text to be spelled, is begun in `transcript` but not ended: the rest of it may follow. */
export function endsInsideMarkup(transcript: string): boolean {
  const lower = transcript.toLowerCase();
  return (
    lower.lastIndexOf("<") > lower.lastIndexOf(">") ||
    lower.lastIndexOf("<spell>") > lower.lastIndexOf("</spell>")
  );
}

/** Says laughter; a comment is silent. */
function sayMarkup(markup: string): SpeechPart {
  return markup.startsWith("[")
    ? { kind: "words", text: " ha ha ", written: markup }
    : { kind: "words", text: " " };
}

function spell(text: string): string {
  const names = [...text.normalize("NFKC")].map((character) =>
    /[\p{L}\p{N}]/u.test(character) ? character.toUpperCase() : symbolNames[character],
  );
  return ` ${names.filter((name) => name !== undefined).join(", ")} `;
}

/** What a tag means. Silent ones are a space, so that they part the words around them. */
function readTag(name: string, attributes: string): SpeechPart {
  switch (name.toLowerCase()) {
    case "break": {
      const seconds = readSeconds(readAttribute(attributes, "time"));
      if (seconds !== undefined) return { kind: "break", seconds };
      break;
    }
    case "speed": {
      const speed = readRatio(attributes, styleBounds.speed);
      if (speed !== undefined) return { kind: "style", change: { speed } };
      break;
    }
    case "volume": {
      const volume = readRatio(attributes, styleBounds.volume);
      if (volume !== undefined) return { kind: "style", change: { volume } };
      break;
    }
  }
  return { kind: "words", text: " " };
}

function readAttribute(attributes: string, name: string): string | undefined {
  return new RegExp(`\\b${name}=["']?([^"'\\s/]+)`, "i").exec(attributes)?.[1];
}

/** Reads `1s`, `1.5s` or `200ms`. */
function readSeconds(time: string | undefined): number | undefined {
  const [, amount, unit] = /^(\d+(?:\.\d+)?|\.\d+)(m?s)$/i.exec(time ?? "") ?? [];
  if (amount === undefined || unit === undefined) return undefined;
  return Math.min(longestBreakSeconds, Number(amount) / (unit.length === 2 ? 1000 : 1));
}

/** Reads a tag's `ratio`, brought within its bounds. */
function readRatio(
  attributes: string,
  { least, most }: { readonly least: number; readonly most: number },
): number | undefined {
  const ratio = Number(readAttribute(attributes, "ratio"));
  return ratio > 0 ? Math.max(least, Math.min(most, ratio)) : undefined;
}
