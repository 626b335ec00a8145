import { ffplayInput } from "../../clips/ffplayCommand.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { CodeTurn } from "./codeTurns.ts";
import { indent } from "./indent.ts";
import {
  configOf,
  connecting,
  dictionaryOf,
  extrasOf,
  formatOf,
  head,
  receiving,
  sending,
  text,
} from "./typeScriptParts.ts";
import type { CodeDialogue } from "./codeTurns.ts";

/** As `typeScriptCode`, for several voices: a context for each turn, and one ahead of what is received. */
export function typeScriptDialogue(script: CodeDialogue): string {
  return [
    head(script.title, { withTypes: true }),
    said(script),
    connecting,
    talking(script),
    ending(script.sound),
  ].join("\n");
}

function said({ voices, turns }: CodeDialogue): string {
  return `interface Voice {
  voice: { id: string };
  language: string;
  extras?: { accent?: string; normalization?: string };
  generation_config?: Cartesia.GenerationConfig;
}
const voices: Record<string, Voice> = {
${indent([...voices].map(writeVoice).join(""), 2)}};

// A context has one voice, so neighbouring segments of one voice are a turn. Their transcripts are joined as they stand, so
// the white space between words is theirs.
const turns = [
${indent(turns.map(writeTurn).join(""), 2)}];
`;
}

function writeVoice([name, sound]: readonly [string, VoiceOptions]): string {
  const config = configOf(sound);
  const voice = `voice: { id: ${text(sound.voice)} }`;
  const extras = extrasOf(sound);
  const language = `language: ${text(sound.language)}${extras === undefined ? "" : `, extras: { ${extras} }`}`;
  if (config === undefined) return `${text(name)}: { ${voice}, ${language} },\n`;
  return `${text(name)}: {
  ${voice},
  ${language},
  generation_config: ${config},
},
`;
}

function writeTurn({ voice, segments }: CodeTurn): string {
  const said = segments.map(
    ({ file, transcript }) => `    { file: ${text(file)}, transcript: ${text(transcript)} },\n`,
  );
  return `{
  voice: ${text(voice)},
  segments: [
${said.join("")}  ],
},
`;
}

/** The context of a turn, and what is sent over it. */
function talking({ sound, voices }: CodeDialogue): string {
  const extras = [...voices.values()].some((own) => extrasOf(own) !== undefined);
  const loop = "[index, { transcript }] of segments";
  const options = `...options,
model_id: ${text(sound.model)},
${formatOf(sound)}${dictionaryOf(sound)}timeout: 30_000,
`;
  return `async function say({ voice, segments }: (typeof turns)[number]) {
  const { generation_config, ${extras ? "extras, " : ""}...options } = voices[voice];
  const context = socket.context({
${indent(options, 4)}  });
${indent(sending({ loop, config: true, extras }), 2)}  return context;
}
`;
}

/** The turns one after the other, and what is made of them. */
function ending(sound: VoiceOptions): string {
  return `try {
  let ahead = await say(turns[0]);
  for (const [index, { segments }] of turns.entries()) {
    const context = ahead;
    // Sent while this turn is spoken, so that a change of voice costs no pause.
    if (index + 1 < turns.length) ahead = await say(turns[index + 1]);
    const files = new Map<number, WriteStream>(); // each context counts its flush ids anew
${indent(receiving("segments[files.size].file"), 4)}    for (const file of files.values()) file.end();
  }
} finally {
  socket.close();
}

for (const { file } of turns.flatMap(({ segments }) => segments)) {
  console.log(\`ffplay -hide_banner -nodisp -autoexit ${ffplayInput(sound)} -i \${file}\`);
}
`;
}
