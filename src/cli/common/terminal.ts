import { inertJson, inertLine, inertText } from "./inertOutput.ts";

/** The part of an output stream that the command line needs. */
export interface Output {
  write(data: string | Uint8Array, written?: (error?: Error | null) => void): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/**
 * Where the command line writes, and the only one: results to standard output, everything else to standard error. Nothing of
 * what scripts, file names and services say steers the terminal. On a terminal one line is kept at the bottom for what is
 * going on; elsewhere, and in CI, what goes on is told in plain lines.
 */
export class Terminal {
  readonly #stdout: Output;
  readonly #stderr: Output;
  readonly #quiet: boolean;
  readonly #silent: boolean;
  /** Whether the line at the bottom can be drawn. */
  readonly isLive: boolean;
  #status = "";

  constructor(
    { stdout, stderr }: { readonly stdout: Output; readonly stderr: Output },
    how: {
      readonly env: Readonly<Record<string, string | undefined>>;
      readonly quiet?: boolean | undefined;
      readonly json?: boolean | undefined;
    },
  ) {
    this.#stdout = stdout;
    this.#stderr = stderr;
    this.#quiet = how.quiet ?? false;
    this.#silent = this.#quiet || (how.json ?? false);
    this.isLive = stderr.isTTY === true && !this.#quiet && !isPlain(how.env);
  }

  /** A line of the result, for people and for pipes; not where one asked for JSON or quiet. */
  result(line: string): void {
    if (!this.#silent) this.#above(this.#stdout, `${inertLine(line)}\n`);
  }

  /** A text of several lines that is the whole result; as `result`. */
  text(text: string): void {
    if (!this.#silent) this.#above(this.#stdout, inertText(text));
  }

  /** A text of several lines that was asked for whatever else was: help, or the version. */
  help(text: string): void {
    this.#above(this.#stdout, inertText(text));
  }

  /** Whether standard output is a terminal. */
  get isShown(): boolean {
    return this.#stdout.isTTY === true;
  }

  /** A text that is the whole result and was asked for on standard output: to the byte, but on a terminal. */
  payload(text: string): void {
    this.#above(this.#stdout, this.isShown ? inertText(text) : text);
  }

  /**
   * Bytes that were asked for on standard output, as fast as they are taken. Ends early where they can't be written: whoever
   * has the stream is told why.
   */
  async bytes(parts: AsyncIterable<Uint8Array>): Promise<void> {
    this.status("");
    for await (const part of parts) {
      const isWritten = await new Promise<boolean>((resolve) => {
        this.#stdout.write(part, (error) => resolve(!error));
      });
      if (!isWritten) return;
    }
  }

  /** The one JSON document. */
  json(document: object): void {
    this.#above(this.#stdout, `${inertJson(JSON.stringify(document, undefined, 2))}\n`);
  }

  /** Something that is good to know. */
  note(line: string): void {
    if (!this.#quiet) this.#above(this.#stderr, `${inertLine(line)}\n`);
  }

  /** Something that went wrong. */
  error(line: string): void {
    this.#above(this.#stderr, `${inertLine(line)}\n`);
  }

  /** What went wrong, in several lines. */
  errorText(text: string): void {
    this.#above(this.#stderr, inertText(text));
  }

  /** Draws the line at the bottom anew; "" takes it away. */
  status(line: string): void {
    const shown = inertLine(line).slice(0, (this.#stderr.columns ?? 80) - 1);
    if (!this.isLive || shown === this.#status) return;
    this.#status = shown;
    this.#stderr.write(clearLine + shown);
  }

  #above(output: Output, text: string): void {
    const status = this.#status;
    this.status("");
    output.write(text);
    this.status(status);
  }
}

const clearLine = "\r\u001b[K";

/** Whether lines alone are wanted. */
function isPlain(env: Readonly<Record<string, string | undefined>>): boolean {
  const isSet = (name: string): boolean => (env[name] ?? "") !== "";
  return isSet("CI") || isSet("NO_COLOR") || env["TERM"] === "dumb";
}
