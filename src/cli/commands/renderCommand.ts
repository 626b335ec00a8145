import { counted } from "../common/counted.ts";
import { render, type RenderEvent } from "../../operations/render.ts";
import { explain, type ExitCode } from "../../operations/exitCodes.ts";
import { chooseSpeaker } from "../../operations/speaker.ts";
import { readArguments } from "../common/arguments.ts";
import type { Call, Command } from "../common/command.ts";
import { commonOptions } from "../common/options.ts";
import { readServiceRequest } from "../common/soundSettings.ts";
import { Progress } from "./progress.ts";
import { readRenderRequest, renderOptions } from "./renderOptions.ts";
import { tellRendered } from "./tellRendered.ts";

const options = { ...renderOptions, ...commonOptions } as const;

/** `render`: speaks what is missing or changed, and saves it. */
export const renderCommand: Command = {
  usage: "render FILE…|- [options]",
  summary: "speak what is missing or changed, and save it beside the script",
  details: [
    "Prints for each clip its path, its seconds, and whether it was spoken now or was ready already.",
    "What a script's front matter says of its sound comes before these options. An accent goes with its voice.",
  ],
  options,
  run: runRender,
};

async function runRender(args: readonly string[], call: Call): Promise<ExitCode> {
  const { terminal } = call;
  const { given, files } = readArguments(args, options);
  const request = await readRenderRequest(files, given, call);
  const speaker = chooseSpeaker(readServiceRequest(given), call);
  const report = teller(call, speaker.label);
  try {
    const { exitCode, document } = await render(request, { ...call, speaker, report });
    if (given.json && document) terminal.json(document);
    return exitCode;
  } finally {
    await speaker.close();
  }
}

/** Tells on the terminal what happens. */
function teller({ terminal, cwd }: Call, label: string): (event: RenderEvent) => void {
  let progress: Progress | undefined;
  return (event) => {
    switch (event.type) {
      case "opened":
        return terminal.note(label);
      case "too-much":
        return terminal.error(
          `This would send ${counted(event.characters, "character")}, and --max-characters allows ${event.allowed}. Nothing was sent.`,
        );
      case "begun":
        progress = new Progress(terminal, event.script.name, event.characters);
        return;
      case "ready":
        return progress?.done(event.segment);
      case "waiting":
        return terminal.note(`${event.reason} Trying again in ${event.ms / 1000} s.`);
      case "ended":
        return progress?.end();
      case "rendered":
        return tellRendered(event.script, event.rendered, { terminal, cwd });
      case "failed":
        return terminal.error(`${event.script.name}: ${explain(event.error)}`);
    }
  };
}
