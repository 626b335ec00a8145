import { findVoices, type Voice } from "../../operations/findVoices.ts";
import { readArguments, wholeNumber, written } from "../common/arguments.ts";
import type { Call, Command } from "../common/command.ts";
import { exitCodes, UsageError, type ExitCode } from "../../operations/exitCodes.ts";
import { inertLine } from "../common/inertOutput.ts";
import { commonOptions, serviceOptions } from "../common/options.ts";
import { readServiceRequest } from "../common/soundSettings.ts";
import { chooseSpeaker } from "../../operations/speaker.ts";

const options = {
  language: { type: "string", value: "CODE", help: "voices of this language, such as en or en-GB" },
  query: { type: "string", value: "TEXT", help: "voices whose name or description has this text" },
  limit: { type: "string", value: "N", help: "that many at most" },
  ...serviceOptions,
  ...commonOptions,
} as const;

/** `voices`: lists who can speak. */
export const voicesCommand: Command = {
  usage: "voices [options]",
  summary: "list the voices of the service",
  details: ["Prints for each voice its id, name, language, gender and description."],
  options,
  run: runVoices,
};

async function runVoices(args: readonly string[], call: Call): Promise<ExitCode> {
  const { given, files } = readArguments(args, options);
  if (files[0] !== undefined)
    throw new UsageError(`“${files[0]}” means nothing here: try --query.`);
  const query = {
    language: written("language", given.language),
    query: given.query,
    most: wholeNumber("limit", given.limit, [1, Number.MAX_SAFE_INTEGER]),
  };
  const speaker = chooseSpeaker(readServiceRequest(given), call);
  try {
    const { voices, document } = await findVoices(query, speaker, call.stop);
    for (const line of tabulate(voices)) call.terminal.result(line);
    if (given.json) call.terminal.json(document);
    if (voices.length === 0) call.terminal.note("There is no such voice.");
    return exitCodes.done;
  } finally {
    await speaker.close();
  }
}

/** Columns of one width each; the description is the last. */
function tabulate(voices: readonly Voice[]): string[] {
  const rows = voices.map(({ id, name, language, gender, tagline, description }) => [
    cell(id, mostId),
    cell(name),
    cell(language),
    cell(gender),
    cell([tagline, description].filter((text) => text !== "").join(". "), mostDescription),
  ]);
  const widths = [0, 1, 2, 3].map((at) =>
    rows.reduce((widest, row) => Math.max(widest, row[at]?.length ?? 0), 0),
  );
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** So much of what a service says is shown, in UTF-16 units: else one name would make every line as wide. */
const mostInCell = 60;
const mostId = 200;
const mostDescription = 300;

/** What a service says, in one column. */
function cell(text: string, most = mostInCell): string {
  const line = inertLine(text).replace(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
