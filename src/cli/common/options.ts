import { encodings, sampleRates } from "../../audio/pcm.ts";

/** An option of the command line, for its parser and for its help. */
export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What its value is called in the help. */
  readonly value?: string;
  /** What it does, in a few words. */
  readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

/** What every subcommand takes. */
export const commonOptions = {
  json: { type: "boolean", help: "print one JSON document on standard output, and nothing else" },
  quiet: { type: "boolean", short: "q", help: "print errors only" },
  help: { type: "boolean", short: "h", help: "print this help" },
} as const satisfies Options;

/** Who speaks. */
export const serviceOptions = {
  service: {
    type: "string",
    value: "local|cartesia",
    help: "who speaks; cartesia where CARTESIA_API_KEY is set, else local",
  },
  endpoint: {
    type: "string",
    value: "URL",
    help: "another address of Cartesia's protocol: wss://…, or ws:// on this machine",
  },
} as const satisfies Options;

/** How scripts sound that do not say it themselves: they mean what the extension's settings mean. */
export const soundOptions = {
  voice: { type: "string", value: "ID", help: "the voice of scripts that name none" },
  model: { type: "string", value: "ID", help: "the model of scripts that name none" },
  language: { type: "string", value: "CODE", help: "the language of scripts that name none" },
  accent: {
    type: "string",
    value: "ID",
    help: "the accent of that voice, where a script names none",
  },
  normalization: {
    type: "string",
    value: "auto|off|CODE",
    help: "how numbers and dates are read in scripts that do not say it",
  },
  encoding: { type: "string", value: "NAME", help: `samples: ${encodings.join(", ")}` },
  "sample-rate": { type: "string", value: "HZ", help: `${sampleRates.join(", ")}` },
} as const satisfies Options;

/** What is put in the place of what is written, and which parts are said of scripts that do not say it. */
export const wordOptions = {
  set: {
    type: "string",
    multiple: true,
    value: "NAME=VALUE",
    help: "the value of a template variable; may be given again",
  },
  samples: {
    type: "string",
    value: "FILE[:SET]",
    help: "values of template variables from a set of a file; its set default, unless named",
  },
  pronunciation: {
    type: "string",
    multiple: true,
    value: "WRITTEN=SAID",
    help: "how a word is said; may be given again",
  },
  "ignore-case": { type: "boolean", help: "find the words of --pronunciation in any case" },
  skip: {
    type: "string",
    multiple: true,
    value: "KIND",
    help: "what is not said, such as headings or tables; may be given again",
  },
  only: {
    type: "string",
    multiple: true,
    value: "PART",
    help: "what alone is said: quotes, notes, or a heading; may be given again",
  },
} as const satisfies Options;

/** How scripts are read, and where their clips lie. */
export const scriptOptions = {
  "stdin-name": {
    type: "string",
    value: "FILE",
    help: "the name of what comes from standard input (-): its clips lie beside it; Markdown, unless given",
  },
  out: {
    type: "string",
    value: "DIR",
    help: "the folder that the folders of clips lie in; beside each script, unless given",
  },
  marker: {
    type: "string",
    multiple: true,
    value: "LITERAL",
    help: "another flush marker, alone on its line; may be given again",
  },
  ...wordOptions,
} as const satisfies Options;
