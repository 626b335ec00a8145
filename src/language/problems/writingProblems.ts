import * as l10n from "@vscode/l10n";
import type { Segment } from "../../script/model/script.ts";
import { plainLetter, styledLetter } from "../../script/transcript/characters.ts";
import { changeTo, type Fix, type Problem } from "./problem.ts";
import { isSaid } from "./spokenPlaces.ts";

/**
 * What is written so that it is not heard as it looks: formulas, letters of mathematics, words that are parted at a line's
 * end. Places count from the segment's start.
 * @param written the segment's text.
 */
export function findWritingProblems(segment: Segment, written: string): Problem[] {
  return [
    ...formulas(segment),
    ...styledLetters(segment, written),
    ...partedWords(segment, written),
  ];
}

function formulas({ silent }: Segment): Problem[] {
  return silent
    .filter(({ reason }) => reason === "math")
    .map(({ start, end }) => ({
      start,
      end,
      code: "math",
      message: l10n.t(
        "A formula is not spoken: no voice reads it well. Write it as one would say it.",
      ),
      severity: "warning",
      fixes: [],
    }));
}

const STYLED = new RegExp(`${styledLetter}(?: ?${styledLetter})*`, "gu");
const EACH_STYLED = new RegExp(styledLetter, "gu");

function styledLetters(segment: Segment, written: string): Problem[] {
  return [...written.matchAll(STYLED)].flatMap(({ index, 0: styled }): Problem[] => {
    if (!isSaid(segment, index)) return [];
    const plain = styled.replace(EACH_STYLED, plainLetter);
    const span = { start: index, end: index + styled.length };
    return [
      {
        ...span,
        code: "styled-letters",
        message: l10n.t(
          "These are signs of mathematics that look like letters; they are read as the letters `{0}`. Write the letters themselves.",
          plain.length > 60 ? `${plain.slice(0, 60)}…` : plain,
        ),
        severity: "hint",
        fixes: [changeTo(span, plain)],
      },
    ];
  });
}

/** A word goes on in the next line. Not “Haupt- und”: there two words share an end. */
const PARTED =
  /(?<=\p{L})([-\u2010])[ \t]*(?:\r\n|\n|\r)[ \t>]*(?!(?:and|or|to|und|oder|bis|sowie|et|ou|y|o|e)(?!\p{L}))(?=(\p{Ll}[\p{L}\p{M}’']*))/gu;

function partedWords(segment: Segment, written: string): Problem[] {
  return [...written.matchAll(PARTED)].flatMap(({ index, 0: gap, 1: hyphen, 2: rest = "" }) => {
    if (!isSaid(segment, index)) return [];
    const end = index + gap.length;
    const begun =
      /[\p{L}\p{M}’'-]*$/u.exec(written.slice(Math.max(0, index - 60), index))?.[0] ?? "";
    const join = (by: string): Fix => ({
      title: l10n.t("Join to `{0}`", begun + by + rest),
      edits: [{ start: index, end, text: by }],
    });
    const problem: Problem = {
      start: index - begun.length,
      end: end + rest.length,
      code: "parted-word",
      message: l10n.t(
        "A word that is parted at a line’s end is read as two. Join it, or write its hyphen where it belongs.",
      ),
      severity: "hint",
      fixes: [join(""), join(hyphen ?? "-")],
    };
    return [problem];
  });
}
