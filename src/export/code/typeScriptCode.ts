import { ffplayInput } from "../../clips/ffplayCommand.ts";
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
import type { CodeScript } from "./codeTurns.ts";

/**
 * The program for `@cartesia/cartesia-js` 4.2, as the SDK's own flushing example does it. That its ES module does not find
 * `ws` in Node, and that a context waits for ever where its connection is lost, is taken care of.
 */
export function typeScriptCode({ title, transcripts, sound }: CodeScript): string {
  const config = configOf(sound);
  return [
    head(title, { withTypes: config !== undefined }),
    said(transcripts, { config, extras: extrasOf(sound) }),
    talking(sound, { config: config !== undefined, extras: extrasOf(sound) !== undefined }),
    ending(sound),
  ].join("\n");
}

function said(
  transcripts: CodeScript["transcripts"],
  { config, extras }: { readonly config: string | undefined; readonly extras: string | undefined },
): string {
  return `// One for each segment. They are joined as they stand, so the white space between words is theirs.
const transcripts = [
${transcripts.map((transcript) => `  ${text(transcript)},\n`).join("")}];
${config === undefined ? "" : `\nconst generation_config: Cartesia.GenerationConfig = ${config};\n`}${
    extras === undefined
      ? ""
      : `\n// The SDK's contexts have no options for these: they go with each message.\nconst extras = { ${extras} };\n`
  }`;
}

/** The context, and what is sent over it. */
function talking(
  sound: CodeScript["sound"],
  has: { readonly config: boolean; readonly extras: boolean },
): string {
  const options = `model_id: ${text(sound.model)},
voice: { id: ${text(sound.voice)} },
${formatOf(sound)}language: ${text(sound.language)},
${dictionaryOf(sound)}timeout: 30_000,
`;
  return `${connecting}
const files = new Map<number, WriteStream>();
try {
  const context = socket.context({
${indent(options, 4)}  });
${indent(sending({ loop: "[index, transcript] of transcripts", ...has }), 2)}`;
}

/** What is received, and what is made of it. */
function ending(sound: CodeScript["sound"]): string {
  return `${indent(receiving('`flush_${String(flushId).padStart(3, "0")}.pcm`'), 2)}} finally {
  for (const file of files.values()) file.end();
  socket.close();
}

for (const file of files.values()) {
  console.log(\`ffplay -hide_banner -nodisp -autoexit ${ffplayInput(sound)} -i \${String(file.path)}\`);
}
`;
}
