import { ffplayInput } from "../../clips/ffplayCommand.ts";
import { indent } from "./indent.ts";
import {
  clientOf,
  configOf,
  dictionaryOf,
  extrasOf,
  formatOf,
  head,
  receiving,
  sending,
  start,
  text,
  type PythonStyle,
} from "./pythonParts.ts";
import type { CodeScript } from "./codeTurns.ts";

/**
 * The program for `cartesia` 4 for Python, whose contexts have no `flush()`: an empty push with `flush=True` is one.
 * Source: the SDK's examples, `tts_websocket_flushing`.
 */
export function pythonCode(script: CodeScript, style: PythonStyle): string {
  return [
    head(script.title, style),
    said(script),
    talking(script.sound, style),
    ending(script.sound, style),
  ].join("\n");
}

function said({ transcripts, sound }: CodeScript): string {
  const extras = extrasOf(sound);
  return `# One for each segment. They are joined as they stand, so the white space between words is theirs.
TRANSCRIPTS = [
${transcripts.map((transcript) => `    ${text(transcript)},\n`).join("")}]
${
  extras === undefined
    ? ""
    : `\n# The SDK's contexts have no parameters for these: they go with each message.\nEXTRAS = ${extras}\n`
}`;
}

/** The context, and what is sent over it. */
function talking(sound: CodeScript["sound"], style: PythonStyle): string {
  const { async } = style;
  const config = configOf(sound);
  const extras = extrasOf(sound) && "EXTRAS";
  const options = `model_id=${text(sound.model)},
voice={"id": ${text(sound.voice)}},
${formatOf(sound)}language=${text(sound.language)},
${dictionaryOf(sound)}timeout=30,
${config === undefined ? "" : `generation_config=${config},\n`}`;
  return `
${async ? "async def" : "def"} main() -> None:
    client = ${clientOf(style)}(api_key=os.environ["CARTESIA_API_KEY"])
    files: Dict[int, BinaryIO] = {}
    try:
        ${async ? "async with" : "with"} client.tts.websocket_connect() as connection:
            context = connection.context(
${indent(options, 16)}            )
${indent(sending("index, transcript in enumerate(TRANSCRIPTS)", extras, style), 12)}`;
}

/** What is received, and what is made of it. */
function ending(sound: CodeScript["sound"], style: PythonStyle): string {
  return `${indent(receiving('f"flush_{flush_id:03d}.pcm"', style), 12)}    finally:
        for file in files.values():
            file.close()

    for file in files.values():
        print(f"ffplay -hide_banner -nodisp -autoexit ${ffplayInput(sound)} -i {file.name}")


${start(style)}`;
}
