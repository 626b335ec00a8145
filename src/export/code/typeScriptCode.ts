import { ffplayInput } from "../../clips/ffplayCommand.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { CodeScript, CodeTurn } from "./codeTurns.ts";
import { indent, stringLiteral } from "./stringLiteral.ts";

/**
 * The program for `@cartesia/cartesia-js` 4.2, as the SDK's own flushing example does it: a context for each turn, and one
 * ahead of what is received. That its ES module does not find `ws` in Node, and that contexts end without a word where it
 * connects anew, is taken care of.
 */
export function typeScriptCode({ title, voices, turns, sound }: CodeScript): string {
  const hasExtras = [...voices.values()].some((own) => extrasOf(own) !== undefined);
  return `// ${title}
//
//   npm install @cartesia/cartesia-js ws
//   CARTESIA_API_KEY=… node speak.mts      (Node 22.18 or later; before: npx tsx speak.mts)
import { createWriteStream, type WriteStream } from "node:fs";
import { createRequire } from "node:module";
import type { Cartesia } from "@cartesia/cartesia-js";

// The SDK's ES module does not find \`ws\` in Node; its CommonJS build does.
const sdk = createRequire(import.meta.url)(
  "@cartesia/cartesia-js",
) as typeof import("@cartesia/cartesia-js");

interface Voice {
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

const client = new sdk.Cartesia({ apiKey: process.env["CARTESIA_API_KEY"] });
const socket = await client.tts.websocket();
socket.on("error", (error) => console.error(error.message));

async function say({ voice, segments }: (typeof turns)[number]) {
  const { generation_config, ${hasExtras ? "extras, " : ""}...options } = voices[voice];
  const context = socket.context({
    ...options,
    model_id: ${text(sound.model)},
    output_format: {
      container: "raw",
      encoding: ${text(sound.encoding)},
      sample_rate: ${sound.sampleRate},
    },
${dictionaryOf(sound)}    timeout: 30_000,
  });
${indent(sending(hasExtras), 2)}  return context;
}

try {
  let ahead = await say(turns[0]);
  for (const [index, { segments }] of turns.entries()) {
    const context = ahead;
    // Sent while this turn is spoken, so that a change of voice costs no pause.
    if (index + 1 < turns.length) ahead = await say(turns[index + 1]);
    const files = new Map<number, WriteStream>(); // each context counts its flush ids anew
    let isDone = false;
    for await (const event of context.receive()) {
      const redact = (key: string, value: unknown): unknown =>
        key === "data" || key === "audio" ? "[redacted]" : value;
      console.log(JSON.stringify(event, redact));
      isDone ||= event.type === "done";
      if (event.type !== "chunk" || !event.audio) continue;
      const flushId = event.flush_id ?? 0;
      let file = files.get(flushId);
      if (!file) {
        file = createWriteStream(segments[files.size].file);
        files.set(flushId, file);
      }
      file.write(event.audio);
    }
    if (!isDone) throw new Error("The connection closed before all of the audio had come.");
    for (const file of files.values()) file.end();
  }
} finally {
  socket.close();
}

for (const { file } of turns.flatMap(({ segments }) => segments)) {
  console.log(\`ffplay -hide_banner -nodisp -autoexit ${ffplayInput(sound)} -i \${file}\`);
}
`;
}

function text(value: string): string {
  return stringLiteral(value, "typescript");
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

/** The line of `socket.context()` for the pronunciation dictionary, where there is one. */
function dictionaryOf({ pronunciationDict: id }: VoiceOptions): string {
  return id === undefined ? "" : `    pronunciation_dict_id: ${text(id)},\n`;
}

/** The fields of what the service knows and the SDK's contexts have no options for; nothing where a voice has none. */
function extrasOf({ accent, normalization }: VoiceOptions): string | undefined {
  const fields = [
    accent !== undefined && `accent: ${text(accent)}`,
    normalization !== undefined && `normalization: ${text(normalization)}`,
  ].filter((field) => field !== false);
  return fields.length > 0 ? fields.join(", ") : undefined;
}

/** The lines that send transcripts. A context repeats its own options alone, so `extras` go with each message of it. */
function sending(hasExtras: boolean): string {
  const [flush, push, end] = hasExtras
    ? [
        `send({ ...extras, transcript: "", continue: true, flush: true })`,
        `send({ ...extras, transcript, continue: true, generation_config })`,
        `send({ ...extras, transcript: "", continue: false })`,
      ]
    : ["flush()", "push({ transcript, generation_config })", "no_more_inputs()"];
  return `for (const [index, { transcript }] of segments.entries()) {
  if (index > 0) await context.${flush};
  await context.${push};
}
await context.${end};
`;
}

/** Speed, volume and emotion; nothing where a voice has none. */
function configOf({ speed, volume, emotion }: VoiceOptions): string | undefined {
  const config = [
    speed !== undefined && `speed: ${speed}`,
    volume !== undefined && `volume: ${volume}`,
    emotion !== undefined && `emotion: ${text(emotion)} as Cartesia.GenerationConfig["emotion"]`,
  ].filter((part) => part !== false);
  return config.length > 0 ? `{ ${config.join(", ")} }` : undefined;
}
