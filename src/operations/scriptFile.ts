import { parse, relative, resolve, sep } from "node:path";
import type { ScriptLanguage, Span } from "../script/model/script.ts";
import { isScript, scanScript } from "../script/scanner/scan.ts";
import { writtenSpan } from "../script/model/segmentAt.ts";
import { isMarkdownName, isTextName } from "../script/model/textName.ts";
import { decodeText } from "./decodeText.ts";
import { UsageError } from "./exitCodes.ts";
import { LineIndex } from "./lineIndex.ts";
import { readNamedFile } from "./namedFile.ts";
import { standard, type Inputs } from "./standardInput.ts";

/** A script, as it was read from disk or from standard input. */
export interface ScriptFile {
  /** Its absolute path; what comes from standard input need not be there. */
  readonly path: string;
  /** As the user named it; `-` for standard input that has no other name. */
  readonly name: string;
  /** Without a byte order mark, as the editor has it. */
  readonly text: string;
  readonly language: ScriptLanguage;
}

/** Tells where segments begin, as compilers tell of places: `talk.md:12:1`. */
export function segmentPlacer({ name, text }: ScriptFile): (segment: Span) => string {
  const lines = new LineIndex(text);
  return (segment) => {
    const { line, column } = lines.placeOf(writtenSpan(text, segment).start);
    return `${name}:${line}:${column}`;
  };
}

/** Which scripts to read. */
export interface NamedScripts {
  /** Paths, from the working folder, or `-`. */
  readonly files: readonly string[];
  /** The path that standard input stands for, if it shall have one: it says what language it is, and where its clips lie. */
  readonly stdinName?: string | undefined;
}

/** Reads the scripts that were named, each once. @throws UsageError where there are none, or one can't be read. */
export async function readScriptFiles(
  { files, stdinName }: NamedScripts,
  inputs: Inputs,
): Promise<readonly ScriptFile[]> {
  if (files.length === 0) throw new UsageError("Name a script, such as talk.speech.md.");
  if (stdinName !== undefined && !files.includes(standard)) {
    throw new UsageError("--stdin-name names what comes from standard input. Give -, too.");
  }
  const byPath = new Map<string, string>();
  for (const name of files) {
    const path = resolve(inputs.cwd, name === standard ? (stdinName ?? nameless) : name);
    const known = byPath.get(path);
    if (known !== undefined && (known === standard) !== (name === standard)) {
      throw new UsageError(`“${path}” is named twice, as a file and by --stdin-name.`);
    }
    byPath.set(path, name);
  }
  const read: ScriptFile[] = [];
  for (const [path, name] of byPath) {
    const bytes = await readNamedFile(name, inputs);
    if (!bytes) throw new UsageError(`There is no file “${name}”.`);
    const shown = name === standard ? (stdinName ?? standard) : name;
    const language = isMarkdownName(path) ? "markdown" : "plaintext";
    read.push({ path, name: shown, text: decodeText(bytes, shown), language });
  }
  return read;
}

/** What standard input is called where a path is needed: Markdown. */
const nameless = "stdin.md";

/** A script's path for a JSON document. */
export function documentPath({ path, name }: ScriptFile): string {
  return name === standard ? standard : path;
}

/** Refuses standard input whose clips have no place. @throws UsageError */
export function assertPlaced({ name }: ScriptFile, out: string | undefined): void {
  if (name !== standard || out !== undefined) return;
  throw new UsageError(
    "Clips of standard input have no place. Give --stdin-name, such as talk.md, for a place beside that, or --out for a folder.",
  );
}

/**
 * Refuses what nobody may have meant to have said, such as a program or a file of secrets that a pattern of the shell named: it
 * is neither Markdown nor plain text by its name, nor a script. @throws UsageError
 */
export function assertMeant(
  { path, name, text, language }: ScriptFile,
  markers: readonly string[],
): void {
  if (
    name === standard ||
    isTextName(path) ||
    isScript(text, scanScript(text, { language, markers }), path)
  )
    return;
  throw new UsageError(
    `“${name}” is neither Markdown nor plain text nor a script. Give --any-file, too, if it is to be said.`,
  );
}

/** A path as it is shown: from the current folder where it lies in it. */
export function shownPath(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return way === "" || way === ".." || way.startsWith(`..${sep}`) || parse(way).root !== ""
    ? path
    : way;
}
