import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import { stringLiteral } from "./stringLiteral.ts";

/** A text as a literal. */
export function text(value: string): string {
  return stringLiteral(value, "typescript");
}

/** What a program is, and what it loads. */
export function head(title: string, how: { readonly withTypes: boolean }): string {
  return `// ${title}
//
//   npm install @cartesia/cartesia-js ws
//   CARTESIA_API_KEY=… node speak.mts      (Node 22.18 or later; before: npx tsx speak.mts)
import { createWriteStream, type WriteStream } from "node:fs";
import { createRequire } from "node:module";
${how.withTypes ? `import type { Cartesia } from "@cartesia/cartesia-js";\n` : ""}
// The SDK's ES module does not find \`ws\` in Node; its CommonJS build does.
const sdk = createRequire(import.meta.url)(
  "@cartesia/cartesia-js",
) as typeof import("@cartesia/cartesia-js");
`;
}

/** The connection. */
export const connecting = `const client = new sdk.Cartesia({ apiKey: process.env["CARTESIA_API_KEY"] });
const socket = await client.tts.websocket();
socket.on("error", (error) => console.error(error.message));
`;

/** The lines of `socket.context()` for the format of the samples. */
export function formatOf({ encoding, sampleRate }: VoiceOptions): string {
  return `output_format: {
  container: "raw",
  encoding: ${text(encoding)},
  sample_rate: ${sampleRate},
},
`;
}

/** The line of `socket.context()` for the pronunciation dictionary, where there is one. */
export function dictionaryOf({ pronunciationDict: id }: VoiceOptions): string {
  return id === undefined ? "" : `pronunciation_dict_id: ${text(id)},\n`;
}

/** The fields of what the service knows and the SDK's contexts have no options for; nothing where a voice has none. */
export function extrasOf({ accent, normalization }: VoiceOptions): string | undefined {
  const fields = [
    accent !== undefined && `accent: ${text(accent)}`,
    normalization !== undefined && `normalization: ${text(normalization)}`,
  ].filter((field) => field !== false);
  return fields.length > 0 ? fields.join(", ") : undefined;
}

/** The lines that send transcripts. A context repeats its own options alone, so `extras` go with each message of it. */
export function sending({
  loop,
  config,
  extras,
}: {
  readonly loop: string;
  readonly config: boolean;
  readonly extras: boolean;
}): string {
  const own = config ? ", generation_config" : "";
  const [flush, push, end] = extras
    ? [
        `send({ ...extras, transcript: "", continue: true, flush: true })`,
        `send({ ...extras, transcript, continue: true${own} })`,
        `send({ ...extras, transcript: "", continue: false })`,
      ]
    : ["flush()", `push({ transcript${own} })`, "no_more_inputs()"];
  return `for (const ${loop}.entries()) {
  if (index > 0) await context.${flush};
  await context.${push};
}
await context.${end};
`;
}

/** Speed, volume and emotion; nothing where a voice has none. */
export function configOf({ speed, volume, emotion }: VoiceOptions): string | undefined {
  const config = [
    speed !== undefined && `speed: ${speed}`,
    volume !== undefined && `volume: ${volume}`,
    emotion !== undefined && `emotion: ${text(emotion)} as Cartesia.GenerationConfig["emotion"]`,
  ].filter((part) => part !== false);
  return config.length > 0 ? `{ ${config.join(", ")} }` : undefined;
}

/**
 * What is received of a context, and the file that each of its flush ids opens. Where the SDK connects anew, contexts that
 * were open end without a word.
 */
export function receiving(file: string): string {
  return `let isDone = false;
for await (const event of context.receive()) {
  const redact = (key: string, value: unknown): unknown =>
    key === "data" || key === "audio" ? "[redacted]" : value;
  console.log(JSON.stringify(event, redact));
  isDone ||= event.type === "done";
  if (event.type !== "chunk" || !event.audio) continue;
  const flushId = event.flush_id ?? 0;
  let file = files.get(flushId);
  if (!file) {
    file = createWriteStream(${file});
    files.set(flushId, file);
  }
  file.write(event.audio);
}
if (!isDone) throw new Error("The connection closed before all of the audio had come.");
`;
}
