import { ffplayInput } from "../clips/ffplayCommand.ts";
import { stringLiteral } from "./stringLiteral.ts";
import type { CodeScript } from "./writeCode.ts";

/**
 * The program for `@cartesia/cartesia-js` 4.2, as the SDK's own flushing example does it. That its ES module does not find
 * `ws` in Node, and that a context waits for ever where its connection is lost, is taken care of.
 */
export function typeScriptCode(script: CodeScript): string {
  const { sound } = script;
  const config = [
    sound.speed !== undefined && `speed: ${sound.speed}`,
    sound.volume !== undefined && `volume: ${sound.volume}`,
    sound.emotion !== undefined &&
      `emotion: ${text(sound.emotion)} as Cartesia.GenerationConfig["emotion"]`,
  ].filter((part) => part !== false);
  return [beginning(script, config), talking(sound, config.length > 0), ending(sound)].join("\n");
}

function dictionaryOf({ pronunciationDict: id }: CodeScript["sound"]): string {
  return id === undefined ? "" : `    pronunciation_dict_id: ${text(id)},\n`;
}

function text(value: string): string {
  return stringLiteral(value, "typescript");
}

/** What is loaded and what is said. */
function beginning({ title, transcripts }: CodeScript, config: readonly string[]): string {
  const hasConfig = config.length > 0;
  return `// ${title}
//
//   npm install @cartesia/cartesia-js ws
//   CARTESIA_API_KEY=… node speak.mts      (Node 22.18 or later; before: npx tsx speak.mts)
import { createWriteStream, type WriteStream } from "node:fs";
import { createRequire } from "node:module";
${hasConfig ? `import type { Cartesia } from "@cartesia/cartesia-js";\n` : ""}
// The SDK's ES module does not find \`ws\` in Node; its CommonJS build does.
const sdk = createRequire(import.meta.url)(
  "@cartesia/cartesia-js",
) as typeof import("@cartesia/cartesia-js");

// One for each segment. They are joined as they stand, so the white space between words is theirs.
const transcripts = [
${transcripts.map((transcript) => `  ${text(transcript)},\n`).join("")}];
${hasConfig ? `\nconst generation_config: Cartesia.GenerationConfig = { ${config.join(", ")} };\n` : ""}`;
}

/** The context, and what is sent over it. */
function talking(sound: CodeScript["sound"], hasConfig: boolean): string {
  return `const client = new sdk.Cartesia({ apiKey: process.env["CARTESIA_API_KEY"] });
const socket = await client.tts.websocket();
socket.on("error", (error) => console.error(error.message));

const files = new Map<number, WriteStream>();
try {
  const context = socket.context({
    model_id: ${text(sound.model)},
    voice: { id: ${text(sound.voice)} },
    output_format: {
      container: "raw",
      encoding: ${text(sound.encoding)},
      sample_rate: ${sound.sampleRate},
    },
    language: ${text(sound.language)},
${dictionaryOf(sound)}    timeout: 30_000,
  });
  for (const [index, transcript] of transcripts.entries()) {
    if (index > 0) await context.flush();
    await context.push({ transcript${hasConfig ? ", generation_config" : ""} });
  }
  await context.no_more_inputs();
`;
}

/** What is received, and what is made of it. */
function ending(sound: CodeScript["sound"]): string {
  return `  for await (const event of context.receive()) {
    const redact = (key: string, value: unknown): unknown =>
      key === "data" || key === "audio" ? "[redacted]" : value;
    console.log(JSON.stringify(event, redact));
    if (event.type !== "chunk" || !event.audio) continue;
    const flushId = event.flush_id ?? 0;
    let file = files.get(flushId);
    if (!file) {
      file = createWriteStream(\`flush_\${String(flushId).padStart(3, "0")}.pcm\`);
      files.set(flushId, file);
    }
    file.write(event.audio);
  }
} finally {
  for (const file of files.values()) file.end();
  socket.close();
}

for (const file of files.values()) {
  console.log(\`ffplay -hide_banner -nodisp -autoexit ${ffplayInput(sound)} -i \${String(file.path)}\`);
}
`;
}
