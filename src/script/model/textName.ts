/** The endings that VS Code takes for Markdown. Source: its extension markdown-basics. */
const markdownEndings = [
  ".md",
  ".mkd",
  ".mdwn",
  ".mdown",
  ".markdown",
  ".markdn",
  ".mdtxt",
  ".mdtext",
  ".workbook",
];
const plainEndings = [".txt", ".text"];

/** Whether a path ends as Markdown does. */
export function isMarkdownName(path: string): boolean {
  return markdownEndings.includes(endingOf(path));
}

/**
 * Whether a file's name says that people read it: it ends as Markdown or plain text does, and is not hidden. What has no
 * ending that anybody knows is plain text to an editor, too: `.env`, `id_rsa`, `.npmrc`.
 */
export function isTextName(path: string): boolean {
  return (isMarkdownName(path) || plainEndings.includes(endingOf(path))) && !isHiddenName(path);
}

/** Whether a file's name begins with a point, as those of programs do. */
export function isHiddenName(path: string): boolean {
  return nameOf(path).startsWith(".");
}

function endingOf(path: string): string {
  return /\.[^.]*$/.exec(nameOf(path))?.[0].toLowerCase() ?? "";
}

function nameOf(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}
