import * as l10n from "@vscode/l10n";
import type { SilenceReason } from "../../script/model/silence.ts";

const sentences: Readonly<Record<SilenceReason, () => string>> = {
  checkbox: () => l10n.t("Not spoken: a checkbox."),
  code: () => l10n.t("Not spoken: a block of code."),
  comment: () => l10n.t("Not spoken: a comment."),
  definition: () => l10n.t("Not spoken: it defines a link."),
  direction: () => l10n.t("Not spoken: a direction."),
  footnote: () => l10n.t("Not spoken: a footnote, or what refers to one."),
  frontMatter: () => l10n.t("Not spoken: the front matter."),
  heading: () =>
    l10n.t(
      "Not spoken: a heading of a script with a cast. Write `headings: true` below `speech:` to have them said.",
    ),
  html: () => l10n.t("Not spoken: a tag of HTML, or what one hides."),
  indentedCode: () =>
    l10n.t("Not spoken: indented by four spaces or more, it is code to Markdown."),
  instead: () => l10n.t("Not spoken: something else is said here."),
  linkTarget: () => l10n.t("Not spoken: where a link leads."),
  listNumber: () => l10n.t("Not spoken: the number of a list item."),
  marker: () => l10n.t("Not spoken: a flush marker."),
  math: () => l10n.t("Not spoken: a formula."),
  marks: () => l10n.t("Not spoken: it says how the text looks."),
  notSent: () => l10n.t("Not spoken: nothing of this segment is sent."),
  off: () => l10n.t("Not spoken: speech is off here."),
  ruby: () => l10n.t("Not spoken: its reading is said instead."),
  skipped: () => l10n.t("Not spoken: the front matter leaves it out."),
  speaker: () => l10n.t("Not spoken: it names who speaks."),
  value: () => l10n.t("Not spoken: a variable or a pronunciation puts nothing here."),
};

/** Why something is not spoken: a sentence. */
export function describeSilence(reason: SilenceReason): string {
  return sentences[reason]();
}
