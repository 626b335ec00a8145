import { ffplayInput } from "../../clips/ffplayCommand.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { CodeTurn } from "./codeTurns.ts";
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
import type { CodeDialogue } from "./codeTurns.ts";

/** As `pythonCode`, for several voices: a context for each turn, and one ahead of what is received. */
export function pythonDialogue(script: CodeDialogue, style: PythonStyle): string {
  return [
    head(script.title, style),
    said(script),
    `\n${talking(script, style)}`,
    `\n${main(script.sound, style)}`,
    `\n${start(style)}`,
  ].join("\n");
}

function said({ voices, turns }: CodeDialogue): string {
  return `VOICES = {
${indent([...voices].map(writeVoice).join(""), 4)}}

# A context has one voice, so neighbouring segments of one voice are a turn. Their transcripts are joined as they stand, so
# the white space between words is theirs.
TURNS = [
${indent(turns.map(writeTurn).join(""), 4)}]
`;
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

/** The context of a turn, and what is sent over it. */
function talking({ sound, voices }: CodeDialogue, style: PythonStyle): string {
  const extras = [...voices.values()].some((own) => extrasOf(own) !== undefined);
  const options = `model_id=${text(sound.model)},
${formatOf(sound)}${dictionaryOf(sound)}timeout=30,
${extras ? "**sound" : "**VOICES[voice]"},
`;
  const apart = `    sound = dict(VOICES[voice])
    # The SDK's contexts have no parameters for these: they go with each message.
    extras = sound.pop("extras", {})
`;
  const loop = "index, (_, transcript) in enumerate(segments)";
  return `${style.async ? "async def" : "def"} say(connection, voice, segments):
${extras ? apart : ""}    context = connection.context(
${indent(options, 8)}    )
${indent(sending(loop, extras ? "extras" : undefined, style), 4)}    return context
`;
}

/** The turns one after the other, and what is made of them. */
function main(sound: VoiceOptions, style: PythonStyle): string {
  const { async } = style;
  const wait = async ? "await " : "";
  return `${async ? "async def" : "def"} main() -> None:
    client = ${clientOf(style)}(api_key=os.environ["CARTESIA_API_KEY"])
    ${async ? "async with" : "with"} client.tts.websocket_connect() as connection:
        ahead = ${wait}say(connection, *TURNS[0])
        for index, (_, segments) in enumerate(TURNS):
            context = ahead
            # Sent while this turn is spoken, so that a change of voice costs no pause.
            if index + 1 < len(TURNS):
                ahead = ${wait}say(connection, *TURNS[index + 1])
            files: Dict[int, BinaryIO] = {}  # each context counts its flush ids anew
${indent(receiving("segments[len(files)][0]", style), 12)}            for file in files.values():
                file.close()

    for _, segments in TURNS:
        for file, _ in segments:
            print(f"ffplay -hide_banner -nodisp -autoexit ${ffplayInput(sound)} -i {file}")
`;
}
