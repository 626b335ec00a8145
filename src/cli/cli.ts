import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkCommand } from "./commands/checkCommand.ts";
import type { Command, ProcessContext } from "./common/command.ts";
import {
  exitCodeOf,
  exitCodes,
  explain,
  UsageError,
  type ExitCode,
} from "../operations/exitCodes.ts";
import { exportCommand } from "./commands/exportCommand.ts";
import { describeCli, describeCommand } from "./help.ts";
import { StandardInput } from "../operations/standardInput.ts";
import { renderCommand } from "./commands/renderCommand.ts";
import { Terminal } from "./common/terminal.ts";
import { voicesCommand } from "./commands/voicesCommand.ts";

/** The subcommands. */
export const commands: Readonly<Record<string, Command>> = {
  render: renderCommand,
  check: checkCommand,
  export: exportCommand,
  voices: voicesCommand,
};

/** Does what the command line says. Never throws: what goes wrong is told on standard error, and by the exit code. */
export async function runCli(args: readonly string[], around: ProcessContext): Promise<ExitCode> {
  const [name = "", ...rest] = args;
  const has = (...flags: readonly string[]): boolean => flags.some((flag) => rest.includes(flag));
  const terminal = new Terminal(around, {
    env: around.env,
    quiet: has("--quiet", "-q"),
    json: has("--json"),
  });
  try {
    return await dispatch(name, rest, { around, terminal });
  } catch (error) {
    if (around.stop.aborted) {
      terminal.error("Stopped.");
      return exitCodes.stopped;
    }
    terminal.error(`scripted-speech: ${explain(error)}`);
    if (exitCodeOf(error) === exitCodes.usage) {
      terminal.error(`See: scripted-speech ${name in commands ? `${name} ` : ""}--help`);
    }
    return exitCodeOf(error);
  }
}

async function dispatch(
  name: string,
  rest: readonly string[],
  { around, terminal }: { around: ProcessContext; terminal: Terminal },
): Promise<ExitCode> {
  const help = [name, ...rest].some((arg) => arg === "--help" || arg === "-h");
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (name === "--version" || name === "-V") {
    terminal.help(`${await readVersion(around.dist)}\n`);
    return exitCodes.done;
  }
  if (help) {
    terminal.help(command ? describeCommand(command) : describeCli(commands));
    return exitCodes.done;
  }
  if (name === "") {
    terminal.errorText(describeCli(commands));
    return exitCodes.usage;
  }
  if (!command) throw new UsageError(`There is no subcommand “${name}”.`);
  return command.run(rest, {
    ...around,
    terminal,
    standardInput: new StandardInput(around.stdin),
  });
}

/** The version of the package that this bundle lies in. */
async function readVersion(dist: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(dist, "..", "package.json"), "utf8"));
  return (manifest as { readonly version: string }).version;
}
