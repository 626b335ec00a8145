import type { Replaced, Span, WrittenPlace } from "../model/script.ts";
import { findServiceTags } from "../model/serviceTags.ts";
import type { SilentSpan } from "../model/silence.ts";
import type { SpokenParts } from "../model/spokenParts.ts";
import { enclosedBy, findEnclosed } from "./enclosed.ts";
import { sendable, trimSpoken } from "./spokenText.ts";
import type { SpokenText } from "./spokenText.ts";

/** What of plain text is not said as it stands. */
export interface PlainCuts extends Pick<SpokenParts, "skip"> {
  /** Speakers' names and what stands with them; the white space behind them goes along. */
  readonly names: readonly SilentSpan[];
  readonly replaced: readonly Replaced[];
}

/** What no space stands before: one that stood before what is left out goes with it. */
const UNSPACED_BEFORE = /[\s,.;:!?)\]}…]/;

/**
 * Says plain text as it stands: without the white space at its ends, line endings as `\n`, and
 * without control characters and lone surrogates.
 * @param cuts in the segment, in their order.
 */
export function speakPlainText(text: string, segment: Span, cuts: PlainCuts): SpokenText {
  const { start, end } = segment;
  let spoken = "";
  const offsets: number[] = [];
  const written: WrittenPlace[] = [];
  const silent: Cut[] = [];
  const references: Span[] = [];
  const say = (from: number, to: number): void => {
    const said = sendable(text.slice(from, to));
    spoken += said.text;
    const by = from - start;
    for (const offset of said.offsets) offsets.push(by + offset);
    for (const letter of said.references ?? [])
      references.push({ start: by + letter.start, end: by + letter.end });
  };
  let from = start;
  for (const cut of cutsIn(text, segment, cuts)) {
    if (cut.start < from) continue;
    say(from, cut.start);
    from = cut.end;
    if (cut.said === "") silent.push(cut);
    if (cut.isName) {
      while (from < end && /[ \t]/.test(text[from] ?? "")) from++;
    } else if (cut.said === "") {
      if (UNSPACED_BEFORE.test(text[from] ?? " ")) {
        const kept = spoken.replace(/(?<![ \t])[ \t]+$/, "");
        offsets.length = kept.length;
        spoken = kept;
      }
    } else {
      const { text: said } = sendable(cut.said);
      spoken += said;
      for (let unit = 0; unit < said.length; unit++) offsets.push(cut.start - start);
      written.push({ start: cut.start - start, last: cut.end - 1 - start });
    }
  }
  say(from, end);
  return {
    ...trimSpoken({ text: spoken, offsets }),
    ...(written.length > 0 && { written }),
    references,
    silent: silent.map(({ reason, ...cut }) => ({
      start: cut.start - start,
      end: cut.end - start,
      reason,
    })),
  };
}

interface Cut extends SilentSpan {
  readonly said: string;
  /** Whether a name is left out, or what stands for one: the white space behind it goes along. */
  readonly isName?: boolean;
}

function cutsIn(text: string, { start, end }: Span, { names, replaced, skip }: PlainCuts): Cut[] {
  const cuts: Cut[] = names.map((name) => ({ ...name, said: "", isName: true }));
  for (const cut of replaced) cuts.push(cut);
  const pairs = enclosedBy(skip);
  if (pairs.size > 0) {
    const written = text.slice(start, end);
    for (const span of findEnclosed(written, pairs, findServiceTags(written))) {
      const [from, to] = [start + span.start, start + span.end];
      cuts.push({ start: from, end: to, said: "", reason: "skipped" });
    }
  }
  return cuts.sort((a, b) => a.start - b.start);
}
