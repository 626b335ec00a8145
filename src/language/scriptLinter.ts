import type { ReadOptions } from "../script/replaceWords.ts";
import type { Script, Segment } from "../script/script.ts";
import { ScriptReader } from "../script/scriptReader.ts";
import {
  describeReaderProblem,
  findFrontMatterProblems,
  type SpeakingWith,
} from "./frontMatterProblems.ts";
import { findForeignVoices } from "./foreignVoices.ts";
import { findLeftovers } from "./leftovers.ts";
import { applyFix, fixesFor, moveProblem, type Fix, type Problem } from "./problem.ts";
import { findSegmentProblems } from "./segmentProblems.ts";
import { findSoundProblems } from "./soundProblems.ts";
import { findTagProblems } from "./tagProblems.ts";
import { findWordProblems } from "./wordProblems.ts";

/** How a script is read and spoken. */
export interface LintOptions extends ReadOptions, SpeakingWith {}

/** More are of no use to anyone, and a document may consist of nothing else. */
const MOST = 500;

/**
 * Looks for what in a script will not be heard as its writer meant. Looks at one document again and again while it is
 * written, at the cost of the segments that have changed.
 */
export class ScriptLinter {
  readonly #reader = new ScriptReader();
  /** By a segment's offsets, which stay the same array when the segment moves; places count from its start. */
  #known = new WeakMap<readonly number[], readonly Problem[]>();
  #language = "";

  /** The problems in document order, 500 at most. Never throws, whatever the text. */
  lint(text: string, options: LintOptions): readonly Problem[] {
    const script = this.#reader.read(text, options);
    return this.#problems(text, script, options);
  }

  /**
   * What removes a problem of this text: the fixes that have been tried, and of which the problem is gone and none new has
   * come.
   */
  fixesFor(text: string, problem: Problem, options: LintOptions): readonly Fix[] {
    const fixes = fixesFor(problem);
    if (fixes.length === 0) return fixes;
    const allowed = tally(this.lint(text, options));
    count(allowed, problem, -1);
    const holding = fixes.filter((fix) => {
      const left = tally(this.lint(applyFix(text, fix), options));
      return [...left].every(([key, times]) => times <= (allowed.get(key) ?? 0));
    });
    this.#reader.read(text, options);
    return holding;
  }

  #problems(text: string, script: Script, options: LintOptions): Problem[] {
    if (options.language !== this.#language) this.#known = new WeakMap();
    this.#language = options.language;
    const { segments } = script;
    const problems = [
      ...script.problems.map((problem) => describeReaderProblem(text, problem)),
      ...findFrontMatterProblems(text, script, options),
      ...findForeignVoices(text, script, options),
      ...findSegmentProblems(text, segments),
    ];
    for (const segment of segments) {
      for (const problem of this.#inSegment(text, segment, options)) {
        problems.push(moveProblem(problem, segment.start));
      }
    }
    return problems.sort((a, b) => a.start - b.start || a.end - b.end).slice(0, MOST);
  }

  #inSegment(text: string, segment: Segment, { language }: LintOptions): readonly Problem[] {
    const known = this.#known.get(segment.offsets);
    if (known) return known;
    const written = text.slice(segment.start, segment.end);
    const problems = [
      ...findTagProblems(written, language),
      ...findSoundProblems(written, language),
      ...findWordProblems(segment, written),
      ...(language === "plaintext" ? findLeftovers(written) : []),
    ];
    this.#known.set(segment.offsets, problems);
    return problems;
  }
}

/** Looks once for what in a script will not be heard as its writer meant. */
export function lintScript(text: string, options: LintOptions): readonly Problem[] {
  return new ScriptLinter().lint(text, options);
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
