import { parseArgs } from "node:util";
import { UsageError } from "../../operations/exitCodes.ts";
import type { Option, Options } from "./options.ts";

type ValueOf<O extends Option> = O["type"] extends "boolean"
  ? boolean
  : O extends { readonly multiple: true }
    ? readonly string[]
    : string;

/** The options that were given, by their names. */
export type Given<Table extends Options> = {
  readonly [Name in keyof Table]?: ValueOf<Table[Name]>;
};

/** What a subcommand was called with. */
export interface Arguments<Table extends Options> {
  readonly given: Given<Table>;
  readonly files: readonly string[];
}

/** Reads a subcommand's arguments. @throws UsageError */
export function readArguments<Table extends Options>(
  args: readonly string[],
  options: Table,
): Arguments<Table> {
  try {
    const { values, positionals } = parseArgs({
      args: withNumbers(args, options),
      options,
      allowPositionals: true,
    });
    return { given: values, files: positionals };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(explainFault(message), { cause: error });
  }
}

/** Arguments in which an option and the negative number behind it are one, for Node would take the number for options. */
function withNumbers(args: readonly string[], options: Options): string[] {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const joined: string[] = [];
  for (const [at, arg] of args.entries()) {
    const option = joined.at(-1) ?? "";
    const isValue = /^-\d/.test(arg) && options[option.slice(2)]?.type === "string";
    if (at < end && option.startsWith("--") && isValue) joined[joined.length - 1] += `=${arg}`;
    else joined.push(arg);
  }
  return joined;
}

/** Node tells of faults in its own words, which are meant for programmers. */
function explainFault(message: string): string {
  const [, unknown] = /^Unknown option '([^']+)'/.exec(message) ?? [];
  if (unknown) return `There is no option ${unknown}.`;
  const [, option] = /^Option '(?:-\w, )?(--[\w-]+)/.exec(message) ?? [];
  if (option && message.includes("does not take an argument")) return `${option} takes no value.`;
  if (option) return `${option} needs a value.`;
  return message;
}

/** One of the values that an option may have. @throws UsageError */
export function oneOf<Value extends string | number>(
  name: string,
  text: string | undefined,
  known: readonly Value[],
): Value | undefined {
  if (text === undefined) return undefined;
  const found = known.find((value) => String(value) === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} is “${text}”, and must be one of ${known.join(", ")}.`);
}

/** The whole number that an option has, within these bounds. @throws UsageError */
export function wholeNumber(
  name: string,
  text: string | undefined,
  [least, most]: readonly [number, number],
): number | undefined {
  if (text === undefined) return undefined;
  const value = /^\d+$/.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  const bounds = most === Number.MAX_SAFE_INTEGER ? `${least} on` : `${least} to ${most}`;
  throw new UsageError(`--${name} is “${text}”, and must be a whole number from ${bounds}.`);
}

/** A text that may not be empty. @throws UsageError */
export function written(name: string, text: string | undefined): string | undefined {
  if (text === undefined || text.trim() !== "") return text?.trim();
  throw new UsageError(`--${name} needs a value.`);
}
