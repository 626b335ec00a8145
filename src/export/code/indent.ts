/** Lines of code, so many spaces further in; empty ones stay so. */
export function indent(lines: string, spaces: number): string {
  return lines.replace(/^(?=.)/gm, " ".repeat(spaces));
}
