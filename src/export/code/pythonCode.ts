import { ffplayInput } from "../../clips/ffplayCommand.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { CodeScript, CodeTurn } from "./codeTurns.ts";
import { indent, stringLiteral } from "./stringLiteral.ts";

/**
 * The program for `cartesia` 4 for Python, whose contexts have no `flush()`: an empty push with `flush=True` is one. It has a
 * context for each turn, and one ahead of what is received. Where the connection closes early, the SDK's contexts end without
 * a word: so the program looks for `done`. Source: the SDK's examples, `tts_websocket_flushing`.
 */
export function pythonCode(
  { title, voices, turns, sound }: CodeScript,
  { async }: { readonly async: boolean },
): string {
  const hasExtras = [...voices.values()].some((own) => extrasOf(own) !== undefined);
  const [prefix, wait] = async ? ["async ", "await "] : ["", ""];
  const client = async ? "AsyncCartesia" : "Cartesia";
  // In one of the first two lines Python would take `coding: …` for the name of the file's encoding. Source: PEP 263.
  return `# ${title.replace(/coding(?=[:=])/g, "$& ")}
#
#   pip install "cartesia[websockets]"
#   CARTESIA_API_KEY=… python speak.py
${async ? "import asyncio\n" : ""}import json
import os
from typing import BinaryIO, Dict

from cartesia import ${client}

VOICES = {
${indent([...voices].map(writeVoice).join(""), 4)}}

# A context has one voice, so neighbouring segments of one voice are a turn. Their transcripts are joined as they stand, so
# the white space between words is theirs.
TURNS = [
${indent(turns.map(writeTurn).join(""), 4)}]


${prefix}def say(connection, voice, segments):
${hasExtras ? EXTRAS : ""}    context = connection.context(
        model_id=${text(sound.model)},
        output_format={
            "container": "raw",
            "encoding": ${text(sound.encoding)},
            "sample_rate": ${sound.sampleRate},
        },
${dictionaryOf(sound)}        timeout=30,
        ${hasExtras ? "**sound" : "**VOICES[voice]"},
    )
${indent(sending(hasExtras, wait), 4)}    return context


${prefix}def main() -> None:
    client = ${client}(api_key=os.environ["CARTESIA_API_KEY"])
    ${prefix}with client.tts.websocket_connect() as connection:
        ahead = ${wait}say(connection, *TURNS[0])
        for index, (_, segments) in enumerate(TURNS):
            context = ahead
            # Sent while this turn is spoken, so that a change of voice costs no pause.
            if index + 1 < len(TURNS):
                ahead = ${wait}say(connection, *TURNS[index + 1])
            files: Dict[int, BinaryIO] = {}  # each context counts its flush ids anew
            is_done = False
            ${prefix}for event in context.receive():
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
                    files[flush_id] = open(segments[len(files)][0], "wb")
                files[flush_id].write(event.audio)
            if not is_done:
                raise RuntimeError("The connection closed before all of the audio had come.")
            for file in files.values():
                file.close()

    for _, segments in TURNS:
        for file, _ in segments:
            print(f"ffplay -hide_banner -nodisp -autoexit ${ffplayInput(sound)} -i {file}")


if __name__ == "__main__":
    ${async ? "asyncio.run(main())" : "main()"}
`;
}

function text(value: string): string {
  return stringLiteral(value, "python");
}

function writeVoice([name, sound]: readonly [string, VoiceOptions]): string {
  const config = configOf(sound);
  const voice = `"voice": {"id": ${text(sound.voice)}}`;
  const language = `"language": ${text(sound.language)}`;
  const extras = extrasOf(sound);
  if (config === undefined && extras === undefined)
    return `${text(name)}: {${voice}, ${language}},\n`;
  return `${text(name)}: {
    ${voice},
    ${language},
${extras === undefined ? "" : `    "extras": ${extras},\n`}${config === undefined ? "" : `    "generation_config": ${config},\n`}},
`;
}

function writeTurn({ voice, segments }: CodeTurn): string {
  const said = segments.map(
    ({ file, transcript }) => `    (${text(file)}, ${text(transcript)}),\n`,
  );
  return `(${text(voice)}, [
${said.join("")}]),
`;
}

/** The line of `connection.context()` for the pronunciation dictionary, where there is one. */
function dictionaryOf({ pronunciationDict: id }: VoiceOptions): string {
  return id === undefined ? "" : `        pronunciation_dict_id=${text(id)},\n`;
}

/** What the service knows and the SDK's contexts have no parameters for, as a literal; nothing where a voice has none. */
function extrasOf({ accent, normalization }: VoiceOptions): string | undefined {
  const fields = [
    accent !== undefined && `"accent": ${text(accent)}`,
    normalization !== undefined && `"normalization": ${text(normalization)}`,
  ].filter((field) => field !== false);
  return fields.length > 0 ? `{${fields.join(", ")}}` : undefined;
}

const EXTRAS = `    sound = dict(VOICES[voice])
    # The SDK's contexts have no parameters for these: they go with each message.
    extras = sound.pop("extras", {})
`;

/**
 * The lines that send transcripts. A context repeats its own parameters alone, and sends what else a push is given: so the
 * extras go with each, and the last push ends the input, for `no_more_inputs` takes none. Source: the SDK's
 * `WebSocketContext.send`.
 */
function sending(hasExtras: boolean, wait: string): string {
  const more = hasExtras ? ", **extras" : "";
  const end = hasExtras ? `push("", continue_=False${more})` : "no_more_inputs()";
  return `for index, (_, transcript) in enumerate(segments):
    if index > 0:
        ${wait}context.push("", flush=True${more})
    ${wait}context.push(transcript${more})
${wait}context.${end}
`;
}

/** Speed, volume and emotion; nothing where a voice has none. */
function configOf({ speed, volume, emotion }: VoiceOptions): string | undefined {
  const config = [
    speed !== undefined && `"speed": ${speed}`,
    volume !== undefined && `"volume": ${volume}`,
    emotion !== undefined && `"emotion": ${text(emotion)}`,
  ].filter((part) => part !== false);
  return config.length > 0 ? `{${config.join(", ")}}` : undefined;
}
