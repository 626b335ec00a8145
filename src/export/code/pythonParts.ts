import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import { stringLiteral } from "./stringLiteral.ts";

/** How a program is written. */
export interface PythonStyle {
  readonly async: boolean;
}

/** A text as a literal. */
export function text(value: string): string {
  return stringLiteral(value, "python");
}

/** The SDK's client. */
export function clientOf({ async }: PythonStyle): string {
  return async ? "AsyncCartesia" : "Cartesia";
}

/** What a program is, and what it loads. */
export function head(title: string, style: PythonStyle): string {
  // In one of the first two lines Python would take `coding: …` for the name of the file's encoding. Source: PEP 263.
  return `# ${title.replace(/coding(?=[:=])/g, "$& ")}
#
#   pip install "cartesia[websockets]"
#   CARTESIA_API_KEY=… python speak.py
${style.async ? "import asyncio\n" : ""}import json
import os
from typing import BinaryIO, Dict

from cartesia import ${clientOf(style)}
`;
}

/** The lines of `connection.context()` for the format of the samples. */
export function formatOf({ encoding, sampleRate }: VoiceOptions): string {
  return `output_format={
    "container": "raw",
    "encoding": ${text(encoding)},
    "sample_rate": ${sampleRate},
},
`;
}

/** The line of `connection.context()` for the pronunciation dictionary, where there is one. */
export function dictionaryOf({ pronunciationDict: id }: VoiceOptions): string {
  return id === undefined ? "" : `pronunciation_dict_id=${text(id)},\n`;
}

/** What the service knows and the SDK's contexts have no parameters for, as a literal; nothing where a voice has none. */
export function extrasOf({ accent, normalization }: VoiceOptions): string | undefined {
  const fields = [
    accent !== undefined && `"accent": ${text(accent)}`,
    normalization !== undefined && `"normalization": ${text(normalization)}`,
  ].filter((field) => field !== false);
  return fields.length > 0 ? `{${fields.join(", ")}}` : undefined;
}

/**
 * The lines that send transcripts. A context repeats its own parameters alone, and sends what else a push is given: so the
 * `extras` go with each, and the last push ends the input, for `no_more_inputs` takes none. Source: the SDK's
 * `WebSocketContext.send`.
 */
export function sending(loop: string, extras: string | undefined, { async }: PythonStyle): string {
  const call = `${async ? "await " : ""}context.`;
  const more = extras === undefined ? "" : `, **${extras}`;
  const end = extras === undefined ? "no_more_inputs()" : `push("", continue_=False${more})`;
  return `for ${loop}:
    if index > 0:
        ${call}push("", flush=True${more})
    ${call}push(transcript${more})
${call}${end}
`;
}

/** Speed, volume and emotion; nothing where a voice has none. */
export function configOf({ speed, volume, emotion }: VoiceOptions): string | undefined {
  const config = [
    speed !== undefined && `"speed": ${speed}`,
    volume !== undefined && `"volume": ${volume}`,
    emotion !== undefined && `"emotion": ${text(emotion)}`,
  ].filter((part) => part !== false);
  return config.length > 0 ? `{${config.join(", ")}}` : undefined;
}

/**
 * What is received of a context, and the file that each of its flush ids opens. Where the connection closes early, the SDK's
 * contexts end without a word.
 */
export function receiving(file: string, { async }: PythonStyle): string {
  return `is_done = False
${async ? "async for" : "for"} event in context.receive():
    shown = event.to_dict()
    for key in ("data", "audio"):
        if key in shown:
            shown[key] = "[redacted]"
    print(json.dumps(shown, default=str))
    if event.type == "error":
        raise RuntimeError(f"{event.title}: {event.message}")
    is_done = is_done or event.type == "done"
    if event.type != "chunk" or not event.audio:
        continue
    flush_id = event.flush_id or 0
    if flush_id not in files:
        files[flush_id] = open(${file}, "wb")
    files[flush_id].write(event.audio)
if not is_done:
    raise RuntimeError("The connection closed before all of the audio had come.")
`;
}

/** How a program is started. */
export function start({ async }: PythonStyle): string {
  return `if __name__ == "__main__":
    ${async ? "asyncio.run(main())" : "main()"}
`;
}
