import { findAccentProblems } from "./accentProblems.ts";
import { findDirections } from "./directions.ts";
import type { ReadOptions } from "../../script/reader/replaceWords.ts";
import type { Segment } from "../../script/model/script.ts";
import { ParseCache } from "../../script/reader/parseCache.ts";
import { parseScript } from "../../script/reader/parseScript.ts";
import { mayName } from "../../script/scanner/speakerNames.ts";
import {
  describeReaderProblem,
  findFrontMatterProblems,
  type SpeakingWith,
} from "./frontMatterProblems.ts";
import { findForeignEmotions } from "./foreignEmotions.ts";
import { findForeignVoices } from "./foreignVoices.ts";
import { findLeftovers } from "./leftovers.ts";
import { findPlaceholders } from "./placeholders.ts";
import { applyFix, fixesFor, moveProblem, type Fix, type Problem } from "./problem.ts";
import { findUndatedModels } from "./professionalVoices.ts";
import { endingOf, findSegmentProblems, type SegmentEnding } from "./segmentProblems.ts";
import { findSilentFront, findSilentProse } from "./silentProse.ts";
import { findSpeakerProblems } from "./speakerProblems.ts";
import { findTagProblems } from "./tagProblems.ts";
import { findWordProblems } from "./wordProblems.ts";
import { findWritingProblems } from "./writingProblems.ts";

/** How a script is read and spoken. */
export interface LintOptions extends ReadOptions, SpeakingWith {}

/** More are of no use while one writes, and a document may consist of nothing else. */
const MOST = 500;

/**
 * Looks for what in a script will not be heard as its writer meant. Looks at one document again and again while it is
 * written, at the cost of the segments that have changed.
 */
export class ScriptLinter {
  readonly #cache: ParseCache;
  /** What was found in segments by themselves, by their offsets: these are the same array as long as the segment is the same. */
  readonly #looks = new WeakMap<readonly number[], SegmentLook>();

  /** @param cache of the document, for others that read it, too. */
  constructor(cache = new ParseCache()) {
    this.#cache = cache;
  }

  /** The problems in document order, 500 at most. Never throws, whatever the text. */
  lint(text: string, options: LintOptions): readonly Problem[] {
    return this.#lint(text, options, MOST);
  }

  /** The same, however many there are. */
  lintAll(text: string, options: LintOptions): readonly Problem[] {
    return this.#lint(text, options, Infinity);
  }

  /**
   * What removes a problem of this text: the fixes that have been tried, and of which the problem is gone and none new has
   * come, but hints where the fix cuts the script otherwise.
   * @param problems all of the text, as `lint` has found them with these options.
   */
  fixesFor(
    text: string,
    problem: Problem,
    options: LintOptions,
    problems = this.lint(text, options),
  ): readonly Fix[] {
    const fixes = fixesFor(problem);
    if (fixes.length === 0) return fixes;
    const allowed = tally(problems);
    count(allowed, problem, -1);
    // Where not all are known, one more comes into sight for the one that goes: that one is not new.
    const known = problems.length < MOST ? MOST : MOST - 1;
    return fixes.filter((fix) => {
      const found = this.lint(applyFix(text, fix), options).slice(0, known);
      const left = tally(fix.recuts ? found.filter(({ severity }) => severity !== "hint") : found);
      return [...left].every(([key, times]) => times <= (allowed.get(key) ?? 0));
    });
  }

  #lint(text: string, options: LintOptions, most: number): Problem[] {
    const script = parseScript(text, options, this.#cache);
    const { segments } = script;
    const looks = segments.map((segment) => this.#look(text, segment, options));
    const problems = [
      ...script.problems.map((problem) => describeReaderProblem(text, problem)),
      ...findFrontMatterProblems(text, script, options),
      ...findAccentProblems(text, script, options),
      ...findForeignVoices(text, script, options),
      ...findForeignEmotions(script, options),
      ...findUndatedModels(text, script, options),
      ...findSpeakerProblems(text, script, {
        ...options,
        mayName: looks.some((look) => look.mayName),
      }),
      ...(script.problems.some(({ code }) => code === "front-matter") ? [] : findSilentFront(text)),
      ...findSegmentProblems(text, segments, looks),
    ];
    const placed: Placed[] = problems.map((problem) => ({ problem, by: 0 }));
    for (const [at, { problems: own }] of looks.entries()) {
      // None of a segment stands before one of those before it.
      if (placed.length >= problems.length + most) break;
      for (const problem of own) placed.push({ problem, by: segments[at]?.start ?? 0 });
    }
    return placed
      .sort(inDocument)
      .slice(0, most)
      .map(({ problem, by }) => moveProblem(problem, by));
  }

  #look(text: string, segment: Segment, { language }: LintOptions): SegmentLook {
    const look = this.#looks.get(segment.offsets) ?? lookAt(text, segment, language);
    this.#looks.set(segment.offsets, look);
    return look;
  }
}

/** A problem that stands `by` UTF-16 units further on: only those that are told of are moved. */
interface Placed {
  readonly problem: Problem;
  readonly by: number;
}

function inDocument(a: Placed, b: Placed): number {
  return (
    a.problem.start + a.by - b.problem.start - b.by || a.problem.end + a.by - b.problem.end - b.by
  );
}

/** What is found in a segment by itself; places count from its start. */
interface SegmentLook extends SegmentEnding {
  readonly problems: readonly Problem[];
  /** Whether something in it may be a speaker's name. */
  readonly mayName: boolean;
}

function lookAt(text: string, segment: Segment, language: LintOptions["language"]): SegmentLook {
  const written = text.slice(segment.start, segment.end);
  const problems = [
    ...findTagProblems(written, language),
    ...findPlaceholders(segment, written, language),
    ...findDirections(segment, written, language),
    ...findWordProblems(segment, written),
    ...findWritingProblems(segment, written),
    ...findSilentProse(segment, written),
    ...findLeftovers(segment, written, language),
  ];
  return { problems, mayName: mayName(written), ...endingOf(text, segment) };
}

/** Looks once for what in a script will not be heard as its writer meant: all of it, in document order. */
export function lintScript(text: string, options: LintOptions): readonly Problem[] {
  return new ScriptLinter().lintAll(text, options);
}

/** How many there are of each problem. */
function tally(problems: readonly Problem[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const problem of problems) count(times, problem, 1);
  return times;
}

function count(times: Map<string, number>, { code, message }: Problem, by: number): void {
  const key = `${code} ${message}`;
  times.set(key, (times.get(key) ?? 0) + by);
}
