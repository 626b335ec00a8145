import type { Frame, Page } from "playwright-core";

/** Something that happened in a page. */
export interface Note {
  /**
   * A message's type; `keydown`, `click`: when the user did it; `painted`: the frame after a message `show` was drawn, with the
   * number of its clips as `value`; `scheduled`: a buffer was given to Web Audio, and `value` is how many ms ahead.
   */
  readonly what: string;
  /** In milliseconds since 1970, to fractions of them. */
  readonly at: number;
  readonly value?: number;
}

/**
 * Runs in each frame before its scripts, and notes what happens there in `window.notes`. VS Code writes a webview's page into a
 * frame that is there already, which takes all listeners from its window: they come again with the page's own.
 */
export function probe(): void {
  const notes: Note[] = [];
  Object.assign(window, { notes });
  const note = (what: string, at = performance.now(), value?: number): void => {
    notes.push({ what, at: performance.timeOrigin + at, ...(value !== undefined && { value }) });
  };
  const onInput = ({ type, timeStamp }: Event): void => note(type, timeStamp);
  const onMessage = ({
    data,
  }: MessageEvent<{ type?: unknown; clips?: unknown[] } | null>): void => {
    if (typeof data?.type !== "string") return;
    note(data.type);
    if (data.type !== "show") return;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => note("painted", performance.now(), data.clips?.length);
    requestAnimationFrame(() => port2.postMessage(undefined)); // its task comes after the frame that is drawn now
  };
  type Listen = (this: unknown, ...given: unknown[]) => void;
  const targets = EventTarget.prototype as unknown as { addEventListener: Listen };
  const { addEventListener } = targets;
  const listen = (): void => {
    for (const type of ["keydown", "click"]) addEventListener.call(window, type, onInput, true);
    addEventListener.call(window, "message", onMessage);
  };
  targets.addEventListener = function (...given) {
    if (this === window && given[0] === "message") listen();
    addEventListener.call(this, ...given);
  };
  listen();
  type Start = (this: AudioBufferSourceNode, when?: number, ...more: number[]) => void;
  const sources = AudioBufferSourceNode.prototype as { start: Start };
  const { start } = sources;
  sources.start = function (when = 0, ...more) {
    const ahead = Math.max(0, when - this.context.currentTime);
    note("scheduled", performance.now(), ahead * 1000);
    start.call(this, when, ...more);
  };
}

/** Takes away what was noted in a frame up to now. */
export function takeNotes(frame: Frame | Page): Promise<Note[]> {
  return frame.evaluate(() => (window as unknown as { notes: Note[] }).notes.splice(0));
}

/** When something was noted last, in milliseconds since 1970; NaN where it was not. */
export function lastAt(notes: readonly Note[], what: string): number {
  return notes.filter((note) => note.what === what).at(-1)?.at ?? NaN;
}

/** Waits until something was noted in a frame `count` times. */
export async function waitForNote(frame: Frame | Page, what: string, count = 1): Promise<void> {
  const isThere = ([wanted, times]: readonly [string, number]): boolean => {
    const { notes } = window as unknown as { notes: Note[] };
    return notes.filter((note) => note.what === wanted).length >= times;
  };
  await frame.waitForFunction(isThere, [what, count] as const, { polling: 20, timeout: 30_000 });
}

/** How far a frame's clock is ahead of this process's, in milliseconds: from the quickest of some questions. */
export async function clockAhead(frame: Frame | Page): Promise<number> {
  let best = { ahead: 0, took: Infinity };
  for (let question = 0; question < 20; question++) {
    const asked = now();
    const answer = await frame.evaluate(() => performance.timeOrigin + performance.now());
    const took = now() - asked;
    if (took < best.took) best = { ahead: answer - asked - took / 2, took };
  }
  return best.ahead;
}

/** In milliseconds since 1970, to fractions of them, as in the notes. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
