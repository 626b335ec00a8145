import type { ExitCode } from "../../operations/exitCodes.ts";
import type { Options } from "./options.ts";
import type { SpeakerContext } from "../../operations/speaker.ts";
import type { Inputs } from "../../operations/standardInput.ts";
import type { Output, Terminal } from "./terminal.ts";

/** What the command line needs of the process that it runs in. */
export interface ProcessContext extends SpeakerContext {
  readonly cwd: string;
  /** What comes on standard input; throws an AbortError where `stop` is aborted before its end. */
  readonly stdin: () => AsyncIterable<Uint8Array>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborted by Ctrl+C: what is whole is to be saved. */
  readonly stop: AbortSignal;
}

/** What a subcommand needs to run. */
export interface Call extends ProcessContext, Inputs {
  readonly terminal: Terminal;
}

/** A subcommand. */
export interface Command {
  /** What is written behind its name. */
  readonly usage: string;
  /** What it does: a sentence for the list of subcommands. */
  readonly summary: string;
  /** More for its own help. */
  readonly details: readonly string[];
  readonly options: Options;
  /** @throws what `exitCodeOf` knows. */
  readonly run: (args: readonly string[], call: Call) => Promise<ExitCode>;
}
