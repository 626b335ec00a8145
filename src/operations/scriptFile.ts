import { parse, relative, resolve, sep } from "node:path";
import type { ScriptLanguage, Span } from "../script/model/script.ts";
import { isScript, scanScript } from "../script/scanner/scan.ts";
import { writtenSpan } from "../script/model/segmentAt.ts";
import { isMarkdownName, isTextName } from "../script/model/textName.ts";
import { UsageError } from "./exitCodes.ts";
import { LineIndex } from "./lineIndex.ts";
import { readNamedFile } from "./namedFile.ts";

/** A script, as it was read from disk. */
export interface ScriptFile {
  /** Its absolute path. */
  readonly path: string;
  /** As the user named it. */
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

/** Reads the scripts that were named, each once. @throws UsageError where there are none, or one can't be read. */
export async function readScriptFiles(
  names: readonly string[],
  cwd: string,
): Promise<readonly ScriptFile[]> {
  if (names.length === 0) throw new UsageError("Name a script, such as talk.speech.md.");
  const byPath = new Map(names.map((name) => [resolve(cwd, name), name]));
  return Promise.all([...byPath].map(([path, name]) => readScriptFile(path, name, cwd)));
}

async function readScriptFile(path: string, name: string, cwd: string): Promise<ScriptFile> {
  const bytes = await readNamedFile(name, cwd);
  if (!bytes) throw new UsageError(`There is no file “${name}”.`);
  return {
    path,
    name,
    text: decode(bytes, name),
    language: isMarkdownName(path) ? "markdown" : "plaintext",
  };
}

/**
 * Refuses what nobody may have meant to have said, such as a program or a file of secrets that a pattern of the shell named: it
 * is neither Markdown nor plain text by its name, nor a script. @throws UsageError
 */
export function assertMeant(
  { path, name, text, language }: ScriptFile,
  markers: readonly string[],
): void {
  if (isTextName(path) || isScript(text, scanScript(text, { language, markers }), path)) return;
  throw new UsageError(
    `“${name}” is neither Markdown nor plain text nor a script. Give --any-file, too, if it is to be said.`,
  );
}

function decode(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const marked = first === 0xff && second === 0xfe ? "utf-16le" : "utf-8";
  try {
    const text = new TextDecoder(marked, { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // It is said below.
  }
  throw new UsageError(`“${name}” is not a text in UTF-8. Name a Markdown or plain text file.`);
}

/** A path as it is shown: from the current folder where it lies in it. */
export function shownPath(path: string, cwd: string): string {
  const way = relative(cwd, path);
  return way === "" || way === ".." || way.startsWith(`..${sep}`) || parse(way).root !== ""
    ? path
    : way;
}
