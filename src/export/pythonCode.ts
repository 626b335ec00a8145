import { ffplayInput } from "../clips/ffplayCommand.ts";
import { stringLiteral } from "./stringLiteral.ts";
import type { CodeScript } from "./writeCode.ts";

/**
 * The program for `cartesia` 4 for Python, whose contexts have no `flush()`: an empty push with `flush=True` is one.
 * Source: the SDK's examples, `tts_websocket_flushing`.
 */
export function pythonCode(script: CodeScript, { async }: { readonly async: boolean }): string {
  return [beginning(script, async), talking(script.sound, async), ending(script.sound, async)].join(
    "\n",
  );
}

function text(value: string): string {
  return stringLiteral(value, "python");
}

function clientOf(async: boolean): string {
  return async ? "AsyncCartesia" : "Cartesia";
}

/** What is loaded and what is said. */
function beginning({ title, transcripts }: CodeScript, async: boolean): string {
  return `# ${title}
#
#   pip install "cartesia[websockets]"
#   CARTESIA_API_KEY=… python speak.py
${async ? "import asyncio\n" : ""}import json
import os
from typing import BinaryIO, Dict

from cartesia import ${clientOf(async)}

# One for each segment. They are joined as they stand, so the white space between words is theirs.
TRANSCRIPTS = [
${transcripts.map((transcript) => `    ${text(transcript)},\n`).join("")}]
`;
}

/** The context, and what is sent over it. */
function talking(sound: CodeScript["sound"], async: boolean): string {
  const wait = async ? "await " : "";
  const config = [
    sound.speed !== undefined && `"speed": ${sound.speed}`,
    sound.volume !== undefined && `"volume": ${sound.volume}`,
    sound.emotion !== undefined && `"emotion": ${text(sound.emotion)}`,
  ].filter((part) => part !== false);
  return `
${async ? "async def" : "def"} main() -> None:
    client = ${clientOf(async)}(api_key=os.environ["CARTESIA_API_KEY"])
    files: Dict[int, BinaryIO] = {}
    try:
        ${async ? "async with" : "with"} client.tts.websocket_connect() as connection:
            context = connection.context(
                model_id=${text(sound.model)},
                voice={"mode": "id", "id": ${text(sound.voice)}},
                output_format={
                    "container": "raw",
                    "encoding": ${text(sound.encoding)},
                    "sample_rate": ${sound.sampleRate},
                },
                language=${text(sound.language)},
                timeout=30,
${config.length > 0 ? `                generation_config={${config.join(", ")}},\n` : ""}            )
            for index, transcript in enumerate(TRANSCRIPTS):
                if index > 0:
                    ${wait}context.push("", flush=True)
                ${wait}context.push(transcript)
            ${wait}context.no_more_inputs()
`;
}

/** What is received, and what is made of it. */
function ending(sound: CodeScript["sound"], async: boolean): string {
  return `            ${async ? "async for" : "for"} event in context.receive():
                shown = event.to_dict()
                for key in ("data", "audio"):
                    if key in shown:
                        shown[key] = "[redacted]"
                print(json.dumps(shown, default=str))
                if event.type == "error":
                    raise RuntimeError(f"{event.title}: {event.message}")
                if event.type != "chunk" or not event.audio:
                    continue
                flush_id = event.flush_id or 0
                if flush_id not in files:
                    files[flush_id] = open(f"flush_{flush_id:03d}.pcm", "wb")
                files[flush_id].write(event.audio)
    finally:
        for file in files.values():
            file.close()

    for file in files.values():
        print(f"ffplay -hide_banner -nodisp -autoexit ${ffplayInput(sound)} -i {file.name}")


if __name__ == "__main__":
    ${async ? "asyncio.run(main())" : "main()"}
`;
}
