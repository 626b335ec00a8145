import { isFailure, type FailureCode } from "../session/connection/failure.ts";

/** How the command line ends. */
export const exitCodes = {
  /** All that was asked for is ready, fresh, or without an error or a warning. */
  done: 0,
  /** Something failed, is incomplete, is not fresh, or has an error or a warning. */
  incomplete: 1,
  /** The command line can't be understood, or names a file that can't be read. */
  usage: 2,
  /** No API key, or one that was rejected. */
  key: 3,
  /** The service can't be reached, or does not answer as it should. */
  unreachable: 4,
  /** No credits left, a plan that is too small, or the service's limit was met. */
  limit: 5,
  /** Clips can't be read or saved. */
  disk: 6,
  /** More characters would have been sent than `--max-characters` allows: what is beyond it was not. */
  tooMuch: 7,
  /** Stopped by Ctrl+C: what was whole is saved. */
  stopped: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** How an operation ended. */
export interface Outcome {
  readonly exitCode: ExitCode;
  /** The result as JSON can hold it; `undefined` where nothing was tried. */
  readonly document: object | undefined;
}

/** What was written on the command line can't be done; `message` is a sentence for the user. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

const byFailure: { readonly [Code in FailureCode]: ExitCode } = {
  "no-key": exitCodes.key,
  "key-rejected": exitCodes.key,
  "out-of-credits": exitCodes.limit,
  "plan-too-small": exitCodes.limit,
  "rate-limited": exitCodes.limit,
  "bad-request": exitCodes.incomplete,
  "voice-not-found": exitCodes.incomplete,
  "model-not-found": exitCodes.incomplete,
  "model-mismatch": exitCodes.incomplete,
  "language-not-supported": exitCodes.incomplete,
  offline: exitCodes.unreachable,
  stalled: exitCodes.unreachable,
  protocol: exitCodes.unreachable,
  "too-many-characters": exitCodes.tooMuch,
  disk: exitCodes.disk,
};

/** Of exports that did not come about; the others are incomplete. */
const byExportError: Readonly<Record<string, ExitCode>> = {
  exists: exitCodes.usage,
  pattern: exitCodes.usage,
  "no-ffmpeg": exitCodes.usage,
  clip: exitCodes.disk,
  disk: exitCodes.disk,
};

/** The exit code that says what went wrong. Of whichever bundle: each has classes of its own, so `instanceof` does not tell. */
export function exitCodeOf(error: unknown): ExitCode {
  const { incomplete } = exitCodes;
  if (isFailure(error)) return byFailure[error.code];
  if (!(error instanceof Error)) return incomplete;
  switch (error.name) {
    case "UsageError":
      return exitCodes.usage;
    case "ClipError":
      return exitCodes.disk;
    case "ExportError":
      return "code" in error ? (byExportError[String(error.code)] ?? incomplete) : incomplete;
    case "AbortError":
      return exitCodes.stopped;
    default:
      return incomplete;
  }
}

/** The one exit code for several documents: a stop before all, then the first that says why, then that something is amiss. */
export function joinExitCodes(codes: readonly ExitCode[]): ExitCode {
  const { stopped, incomplete, done } = exitCodes;
  if (codes.includes(stopped)) return stopped;
  const telling = codes.find((code) => code !== done && code !== incomplete);
  return telling ?? (codes.includes(incomplete) ? incomplete : done);
}

const advice: { readonly [Code in FailureCode]?: string } = {
  "key-rejected": "Check CARTESIA_API_KEY.",
  "out-of-credits": "See https://play.cartesia.ai, or use --service local.",
  "plan-too-small": "See https://play.cartesia.ai, or use --service local.",
  "rate-limited": "Try again later, or with a lower --concurrency.",
  "voice-not-found": "See `scripted-speech voices`.",
  "model-not-found": "Give another --model.",
  "model-mismatch": "Give another --model.",
  "language-not-supported": "Give another --language or --model.",
  offline: "Run the same again: what is ready is not said twice.",
  stalled: "Run the same again: what is ready is not said twice.",
  protocol: "Run the same again: what is ready is not said twice.",
  "too-many-characters": "What is ready is kept: give a higher --max-characters to go on.",
};

/** What messages advise in the editor, and what is the same here. */
const inOurWords = [
  ["the setting “scriptedSpeech.audio.folder”", "--out"],
  ["Preview the script, or export without it.", "Run `scripted-speech render`, or give --partial."],
  [
    "Preview the script, or export without them.",
    "Run `scripted-speech render`, or give --partial.",
  ],
  [
    "Unlock what is locked and preview the script, or export without it.",
    "Unlock what is locked in VS Code, or give --partial.",
  ],
  [
    "Unlock what is locked and preview the script, or export without them.",
    "Unlock what is locked in VS Code, or give --partial.",
  ],
  ["or allow replacing.", "or give --overwrite."],
  ["and start the editor again", "and try again"],
] as const;

/** What went wrong and what to do, in a line for the user: never a stack, never the key. */
export function explain(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const said = inOurWords.reduce((text, [theirs, ours]) => text.replaceAll(theirs, ours), message);
  if (isFailure(error)) return [said, advice[error.code]].filter(Boolean).join(" ");
  const isKnown =
    error instanceof Error && ["UsageError", "ClipError", "ExportError"].includes(error.name);
  return isKnown ? said : `Something went wrong: ${said}`;
}
