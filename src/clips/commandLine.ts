import * as l10n from "@vscode/l10n";
import { ClipError } from "./model/clipError.ts";

/**
 * What a terminal acts on as soon as it is pasted, whatever quotes stand around it (control characters: C0, DEL, C1; line
 * separators), what makes a line look other than it is (bidi controls), and halves of characters, which can't be written.
 */
const NEVER = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/**
 * What cmd.exe (`%`, and `!` where it expands late) or PowerShell (`$`, backtick, and typographic quotes, which end its
 * strings as plain ones do) act on between double quotes, the only ones that both know.
 */
const NEVER_ON_WINDOWS = /[%!$`"\u201c-\u201f]/u;

/**
 * Makes sure that a path can be pasted into a terminal without anything happening before Enter is pressed.
 * @throws {ClipError} `unsafe`, with what to rename.
 */
export function assertPasteable(path: string): void {
  refuse(path, NEVER, process.platform);
}

/**
 * A text as one word of a command line, which no shell takes for anything else: sh, bash, zsh, fish, csh, and PowerShell
 * wherever it runs; on Windows cmd.exe and PowerShell alike.
 * @param paths the paths in it, for the sentence that says what to rename.
 * @throws {ClipError} `unsafe`, where it can't be written so.
 */
export function quoteForShell(
  text: string,
  paths: readonly string[],
  platform: NodeJS.Platform,
): string {
  const isWindows = platform === "win32";
  for (const path of [...paths, text]) {
    refuse(path, NEVER, platform);
    if (isWindows) refuse(path, NEVER_ON_WINDOWS, platform);
  }
  return isWindows ? `"${text}"` : quoteForPosix(text);
}

/**
 * Between single quotes, nothing means anything to any of these shells but: the quote itself and, to PowerShell, typographic
 * ones, which stand between double quotes; a backslash, to fish, and `!`, to csh, which stand behind a backslash.
 */
function quoteForPosix(text: string): string {
  const parts = text.match(/['\u2018-\u201b]+|[\\!]+|[^'\u2018-\u201b\\!]+/gu) ?? [""];
  return parts
    .map((part) => {
      if (/^[\\!]/.test(part)) return part.replace(/./g, String.raw`\$&`);
      return /^['\u2018-\u201b]/.test(part) ? `"${part}"` : `'${part}'`;
    })
    .join("");
}

function refuse(path: string, pattern: RegExp, platform: NodeJS.Platform): void {
  const names = path.split(platform === "win32" ? /[\\/]/ : "/");
  const named = names.find((name) => pattern.test(name)) ?? "";
  const [sign] = pattern.exec(named) ?? [];
  if (sign === undefined) return;
  const name = named.replace(new RegExp(NEVER, "gu"), "\ufffd");
  const point = sign.codePointAt(0) ?? 0;
  const code = `U+${point.toString(16).toUpperCase().padStart(4, "0")}`;
  throw new ClipError(
    "unsafe",
    l10n.t(
      "A terminal may act on the character {0} in the name “{1}”, so this is not copied. Rename that file or folder; a folder of clips is renamed with its script.",
      code,
      name,
    ),
  );
}
