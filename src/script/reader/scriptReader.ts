import { readFrontMatter, type FrontMatter } from "../frontMatter/frontMatter.ts";
import { findFrontMatter, type FrontMatterBlock } from "../frontMatter/frontMatterBlock.ts";
import { isTooMuch } from "../markdown/intricacy.ts";
import { mostPutInScript } from "../model/scriptLimits.ts";
import { MarkdownBody } from "../incremental/markdownBody.ts";
import { maskMarkdown } from "../markdown/mask.ts";
import { Wording, wordingKey, type ReadOptions } from "./replaceWords.ts";
import { scanScript, withDeclared, type ScanOptions } from "../scanner/scan.ts";
import type { Script, ScriptProblem } from "../model/script.ts";
import {
  PlainBody,
  type SameEnds,
  type ScriptBody,
  type StretchRange,
} from "../incremental/scriptBody.ts";
import { allPut, noSegments, replaceSegments, type SegmentList } from "./segmentList.ts";
import { segmentsBetween } from "../incremental/segmentsBetween.ts";
import { speakersOf, type Lead } from "../scanner/speakerTurns.ts";
import { lengthOf, moved } from "../incremental/stretch.ts";
import { loneTags, spelledMarkers } from "./strayTags.ts";
import { unfilledVariables } from "../transcript/variables.ts";
import { readWholeScript, tooIntricate } from "./wholeScript.ts";

/**
 * Reads one document again and again while it is written, each time just as `readWholeScript` would, at the
 * cost of what has changed.
 *
 * - The text is cut into stretches that read the same wherever they stand (`Stretches`). Only those that an edit touches
 *   are scanned and parsed again; which these are is found by comparing the two texts.
 * - A stretch of Markdown keeps what it says as instructions to the transcripts' builder (`RecordedSpeech`), which are
 *   repeated for the segments that the edit touches: a segment may be of many stretches, and a stretch of many segments.
 * - What hangs together over any distance, definitions and references to them, is remembered for each stretch
 *   (`Definitions`), and those that it concerns are parsed again.
 * - What is put in the place of what is written (`Wording`) is put in the segments that are read; where that is something
 *   else than before, in all of them, without another parsing.
 * - All other segments are moved, or stay the very same objects.
 *
 * Where a document can't be read so (too intricate for the parser), it is read as a whole each time.
 */
export class ScriptReader {
  readonly #leastStretch: number | undefined;
  #body: ScriptBody | undefined;
  /** The options with which the body is read. */
  #readWith = "";
  /** The segments, as far as they were read from the body. */
  #list: SegmentList = noSegments;
  /** Whether more is put in the place of what is written than a script may have. */
  #isFull = false;
  #frontMatter: FrontMatter & { readonly key?: string } = nothingInFront;
  /** What was put in the place of what is written when the segments were read. */
  #wording = new Wording();
  /** Where the body began, and where the text ended. */
  #start = 0;
  #length = 0;
  /** What was read last, for whoever asks for it again. */
  #last: { readonly text: string; readonly key: string; readonly script: Script } | undefined;

  /** @param leastStretch how small the stretches may be, in UTF-16 units; what is good for speed, unless it is named. */
  constructor(leastStretch?: number) {
    this.#leastStretch = leastStretch;
  }

  /** Reads the text as it is now. A text that is read again is the very same script. Never throws, whatever the text. */
  read(text: string, options: ReadOptions): Script {
    const key = readingKey(options);
    const { script } =
      this.#last?.key === key && this.#last.text === text
        ? this.#last
        : { script: this.#readAnew(text, options) };
    this.#last = { text, key, script };
    return script;
  }

  #readAnew(text: string, options: ReadOptions): Script {
    const block = findFrontMatter(text);
    this.#readFront(text, block);
    const start = block?.end ?? 0;
    const cutting = withDeclared(options, this.#frontMatter.options);
    const ends = this.#wordAnew(options, this.#readBody(text, start, cutting));
    const script =
      this.#body && ends ? this.#script(text, start, this.#body, ends) : this.#whole(text, options);
    this.#start = start;
    this.#length = text.length;
    return script;
  }

  #readFront(text: string, block: FrontMatterBlock | undefined): void {
    const yaml = block?.yaml;
    const written = yaml ? text.slice(yaml.start, yaml.end) : "";
    const key = `${yaml?.start} ${written}`;
    if (key === this.#frontMatter.key) return;
    this.#frontMatter = yaml
      ? { key, ...partsOf(readFrontMatter(written, yaml.start)) }
      : { key, ...nothingInFront };
  }

  /** Brings the body up to date. @returns nothing where it has to be read as a whole */
  #readBody(text: string, start: number, options: ScanOptions): SameEnds | undefined {
    const marksNothing = start > 0 && text[start] === "\uFEFF";
    const { language, markers, speakers } = options;
    const readWith = JSON.stringify([language, markers, speakers, marksNothing]);
    if (readWith !== this.#readWith) this.#body = undefined;
    this.#readWith = readWith;
    const ends = this.#body && this.#update(this.#body, text, start, options);
    if (ends) return ends;
    this.#list = noSegments;
    if (language === "plaintext") this.#body = new PlainBody(this.#leastStretch);
    else if (isWholeTooIntricate(text, options)) return undefined;
    else this.#body = new MarkdownBody(this.#leastStretch, marksNothing);
    return this.#update(this.#body, text, start, options);
  }

  #update(
    body: ScriptBody,
    text: string,
    start: number,
    options: ScanOptions,
  ): SameEnds | undefined {
    try {
      return body.update(text, start, options);
    } catch {
      this.#body = undefined; // too intricate as a whole, or the parser overflowed the stack
      return undefined;
    }
  }

  /** Where other words are to be put than before, all segments say something new, wherever the text is as it was. */
  #wordAnew(options: ReadOptions, ends: SameEnds | undefined): SameEnds | undefined {
    const front = this.#frontMatter.options;
    if (this.#wording.key === wordingKey(options, front)) return ends;
    this.#wording = new Wording(options, front);
    return ends && noneSame;
  }

  #whole(text: string, options: ReadOptions): Script {
    this.#body = undefined;
    this.#list = noSegments;
    this.#isFull = false;
    return readWholeScript(text, options);
  }

  #script(text: string, start: number, body: ScriptBody, ends: SameEnds): Script {
    const most = mostPutInScript(text.length);
    const wasFull = this.#isFull;
    this.#list = this.#segments(text, start, body, ends);
    this.#isFull = allPut(this.#list) > most;
    // Which segments are too long then hangs on all before them.
    if (this.#isFull || wasFull) this.#list = this.#segments(text, start, body, noneSame);
    const { options, places, problems } = this.#frontMatter;
    return {
      segments: this.#list.segments,
      options,
      places,
      problems: [...problems, ...this.#problems(start, body)].sort((a, b) => a.start - b.start),
    };
  }

  /** The segments as they are now, of which those that say something else are said anew. */
  #segments(text: string, start: number, body: ScriptBody, ends: SameEnds): SegmentList {
    const { first, behind, spans, range } = segmentsBetween(text, start, body.stretches, ends);
    const spoken = body.speak(text, spans, range);
    const speakers = speakersOf(spans, leadsIn(body, range));
    return replaceSegments(
      ends === noneSame ? noSegments : this.#list,
      {
        first,
        removed: ends === noneSame ? 0 : this.#list.segments.length - first - behind,
        shiftBefore: start - this.#start,
        shiftBehind: text.length - this.#length,
        wording: this.#wording,
        most: mostPutInScript(text.length),
      },
      spans.map((span, at) => ({ span, spoken: spoken[at] ?? nothing, speaker: speakers[at] })),
    );
  }

  #problems(start: number, { stretches }: ScriptBody): ScriptProblem[] {
    const problems: ScriptProblem[] = [];
    let base = start;
    for (const stretch of stretches) {
      if (stretch.spells.length > 0) {
        for (const problem of spelledMarkers(stretch.text, stretch.spells, base)) {
          problems.push(problem);
        }
      }
      for (const span of moved(stretch.intricate ?? [], base)) problems.push(tooIntricate(span));
      base += lengthOf(stretch);
    }
    return [...problems, ...loneTags(this.#list), ...unfilledVariables(this.#list.segments)];
  }
}

const nothingInFront: FrontMatter = { options: {}, places: {}, problems: [] };
const nothing = { text: "", offsets: [] };
const noneSame: SameEnds = { front: 0, back: 0 };

function partsOf({ options, places, problems }: FrontMatter): FrontMatter {
  return { options, places, problems };
}

/** The same for readings that make the same of the same text. */
function readingKey({ language, markers, speakers, values, pronunciations }: ReadOptions): string {
  return JSON.stringify([language, markers, speakers, values, pronunciations]);
}

/** Where speakers begin to speak in these stretches. */
function leadsIn({ stretches }: ScriptBody, { first, end, start }: StretchRange): Lead[] {
  let base = start;
  return stretches.slice(first, end).flatMap((stretch) => {
    base += lengthOf(stretch);
    return moved(stretch.leads, base - lengthOf(stretch));
  });
}

/** Asked before a document is read for the first time: later its stretches tell how much work they are. */
function isWholeTooIntricate(text: string, options: ScanOptions): boolean {
  return isTooMuch(text.length, maskMarkdown(text, scanScript(text, options)).work);
}
