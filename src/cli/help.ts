import type { Command } from "./common/command.ts";
import type { Option } from "./common/options.ts";

/** The help of the whole command line. */
export function describeCli(commands: Readonly<Record<string, Command>>): string {
  const width = longestOf(Object.keys(commands)) + 2;
  return lines(
    "Hears scripts as VS Code's extension Scripted Speech Preview does: the same clips, in the same folders.",
    "",
    "Usage: scripted-speech COMMAND [options]",
    "",
    ...Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}${summary}`),
    "",
    "scripted-speech COMMAND --help tells more; scripted-speech --version, which version this is.",
    "",
    "The key of Cartesia is read from CARTESIA_API_KEY; without one the local voice speaks, which is offline and free.",
    "",
    ...exitCodeLines,
  );
}

function longestOf(texts: readonly string[]): number {
  return texts.reduce((longest, { length }) => Math.max(longest, length), 0);
}

/** The help of one subcommand. */
export function describeCommand({ usage, summary, details, options }: Command): string {
  const entries = Object.entries(options).map(([name, option]) => describeOption(name, option));
  const width = longestOf(entries.map(([left]) => left)) + 2;
  return lines(
    `Usage: scripted-speech ${usage}`,
    "",
    `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`,
    ...details,
    "",
    ...entries.map(([left, help]) => `  ${left.padEnd(width)}${help}`),
  );
}

function describeOption(name: string, { short, value, help }: Option): [string, string] {
  const flag = `${short ? `-${short}, ` : "    "}--${name}`;
  return [value ? `${flag} ${value}` : flag, help];
}

const exitCodeLines = [
  "Exit codes:",
  "  0    all is ready, fresh, or without an error or a warning",
  "  1    something failed, is incomplete, is not fresh, or has an error or a warning",
  "  2    the command line can't be understood, or a file can't be read",
  "  3    no API key, or a rejected one",
  "  4    the service can't be reached, or does not answer as it should",
  "  5    no credits left, a plan that is too small, or the service's limit",
  "  6    clips can't be read or saved",
  "  7    more characters than --max-characters allows: no more than that were sent",
  "  130  stopped by Ctrl+C: what was whole is saved",
];

function lines(...all: readonly string[]): string {
  return `${all.join("\n")}\n`;
}
