import { MARKER } from "../model/flushMarker.ts";
import { forwardFinder } from "../model/forwardFinder.ts";
import type { Replaced, Span } from "../model/script.ts";

/** A comment that tells what is spoken, and does not do what its writer meant. */
export interface CommandFault extends Span {
  readonly kind: "neverOn" | "onAlready" | "offAlready" | "unknown" | "markerInSay";
}

/** `<!-- speech: … -->`, where `lastIndex` says. */
const SPEECH = /<!--[ \t]*speech[ \t]*:[ \t]*([^\s<>]{0,40})[ \t]*-->/iy;
const OFF = /<!--[ \t]*speech[ \t]*:[ \t]*off[ \t]*-->/gi;
const ON = /<!--[ \t]*speech[ \t]*:[ \t]*on[ \t]*-->/gi;
/** What `<!-- say: … -->` begins with. */
const SAY = /<!--\s*say\s*:/gi;
/** A flush marker in one, also as much of a comment as fits in a comment. */
const MARKER_WITHIN = /<flush[ \t]*\/>|<!--[ \t]*flush[ \t]*$/gi;

/**
 * Takes the comments that tell what is spoken: `<!-- speech: off -->` up to `<!-- speech: on -->`, and `<!-- say: … -->`, which
 * is said instead of what stands on its line, as far as no flush marker parts them. A marker in one is left out.
 */
export class SpeechCommands {
  readonly replaced: Replaced[] = [];
  readonly faults: CommandFault[] = [];
  readonly #text: string;
  readonly #nextOn: (from: number) => number;
  readonly #nextClose: (from: number) => number;

  constructor(text: string) {
    this.#text = text;
    this.#nextOn = forwardFinder(text, new RegExp(ON));
    this.#nextClose = forwardFinder(text, "-->");
  }

  /**
   * Takes the command that begins with the `<` at an offset.
   * @param from where what stands on the line begins, and `lineEnd` where it ends.
   * @returns where what it takes the place of ends; nothing where it is no command.
   */
  pass(at: number, from: number, lineEnd: (offset: number) => number): number | undefined {
    if (!this.#text.startsWith("<!--", at)) return undefined;
    SPEECH.lastIndex = at;
    const [whole, word] = SPEECH.exec(this.#text) ?? [];
    if (whole === undefined || word === undefined) return this.#passSay(at, from, lineEnd);
    const end = at + whole.length;
    if (word.toLowerCase() === "off") return this.#passOff(at, end);
    const kind = word.toLowerCase() === "on" ? "onAlready" : "unknown";
    this.faults.push({ start: at, end, kind });
    this.replaced.push({ start: at, end, said: "", reason: "comment" });
    return end;
  }

  #passOff(start: number, end: number): number {
    const on = this.#nextOn(end);
    const closed = on < Infinity;
    if (!closed) this.faults.push({ start, end, kind: "neverOn" });
    const last = closed ? this.#text.indexOf("-->", on) + 3 : this.#text.length;
    const hidden = this.#text.slice(end, last);
    for (const { index, 0: off } of hidden.matchAll(OFF)) {
      const again = end + index;
      this.faults.push({ start: again, end: again + off.length, kind: "offAlready" });
    }
    this.replaced.push({ start, end: last, said: "", reason: "off" });
    return last;
  }

  #passSay(at: number, from: number, lineEnd: (offset: number) => number): number | undefined {
    const text = this.#text;
    if (!/^<!--\s*say\s*:/i.test(text.slice(at, at + 40))) return undefined;
    const close = this.#nextClose(at);
    if (close === Infinity) return undefined;
    let end = close + 3;
    const said = [text.slice(text.indexOf(":", at) + 1, close)];
    const rest = text.slice(end, lineEnd(end));
    const marker = new RegExp(MARKER, "i").exec(rest)?.index ?? rest.length;
    const further = rest.slice(0, marker);
    for (const { index, 0: opening } of further.matchAll(SAY)) {
      const closing = further.indexOf("-->", index);
      if (closing < 0) break;
      said.push(further.slice(index + opening.length, closing));
    }
    end += further.trimEnd().length;
    const instead = said.map((one) => one.replace(MARKER_WITHIN, " ").trim()).join(" ");
    if (said.some((one) => one.search(MARKER_WITHIN) >= 0)) {
      this.faults.push({ start: at, end, kind: "markerInSay" });
    }
    this.replaced.push({ start: from, end, said: instead.trim(), reason: "instead" });
    return end;
  }
}
