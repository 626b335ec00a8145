import { safeParse } from "valibot";
import { fromPanel, toPanel, unreadable } from "./messages.ts";
import type { FromPanel, ToPanel } from "./messages.ts";

/** Is told what was left out, by its name in the message, such as `clip.timing.firstByteMs`. */
export type Drop = (field: string) => void;

/**
 * Reads what the page posted. The page is another program: what is not a message of ours is `undefined`. Unknown fields are left
 * out; so is what may be missing and can't be read, and `drop` is told of it.
 */
export function readFromPanel(value: unknown, drop: Drop = () => {}): FromPanel | undefined {
  const { success, output } = safeParse(fromPanel, value);
  return success ? (readable(output, value, "", drop) as FromPanel) : undefined;
}

/**
 * Reads what the host posted: `undefined` for what is not a message of ours. What of a segment, a word or a cost can't be read is
 * left out, and the rest is shown: one odd number must not empty a panel. `drop` is told what it was.
 */
export function readToPanel(value: unknown, drop: Drop = () => {}): ToPanel | undefined {
  const { success, output } = safeParse(toPanel, value);
  return success ? (readable(output, value, "", drop) as ToPanel) : undefined;
}

/** What was read, without what could not be. @param given what it was read from @param name of it in the message */
function readable(read: unknown, given: unknown, name: string, drop: Drop): unknown {
  if (typeof read !== "object" || read === null || read instanceof Uint8Array) return read;
  if (Array.isArray(read)) {
    const kept = read.flatMap((item: unknown, index) =>
      item === unreadable ? [] : [readable(item, (given as unknown[])[index], name, drop)],
    );
    if (kept.length < read.length) drop(name);
    return kept;
  }
  const kept: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(read)) {
    const posted = (given as Readonly<Record<string, unknown>>)[key];
    const path = name === "" ? key : `${name}.${key}`;
    if (part !== unreadable) kept[key] = readable(part, posted, path, drop);
    else if (posted !== undefined) drop(path);
  }
  return kept;
}
