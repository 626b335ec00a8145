import * as l10n from "@vscode/l10n";
import type { Span } from "../../script/model/script.ts";
import { nearest } from "./nearest.ts";
import type { TagText } from "./tagText.ts";
import { faultOfValue } from "./tagValue.ts";
import { isElement } from "../../script/model/htmlTags.ts";
import { insteadOf } from "./foreignTags.ts";
import { otherNames, tagNames, tagRules, type TagName, type TagRule } from "./vocabulary.ts";

/** What is wrong with one tag. */
export interface TagFault {
  readonly code: string;
  readonly message: string;
  /** What of the document is concerned. */
  readonly span: Span;
  /** The whole tag as it should be; "" where it should not be at all; nothing where that can't be told. */
  readonly repaired: string | undefined;
}

const NAMES = [...tagNames, "spell", "flush"] as const;

/** The tag of the service, or flush marker, that a name stands for. `undefined` for the names of others. */
export function meantBy(name: string): (typeof NAMES)[number] | undefined {
  const known = NAMES.find((tag) => tag === name);
  if (known) return known;
  if (isElement(name)) return undefined;
  return Object.hasOwn(otherNames, name)
    ? otherNames[name]
    : (nearest(name, NAMES) as (typeof NAMES)[number] | undefined);
}

/** Looks at one tag by itself, other than `<spell>`, which needs its end. @returns what is wrong with it, if anything */
export function faultOfTag(tag: TagText): TagFault | undefined {
  const instead = insteadOf(tag);
  if (instead) return tag.closes ? undefined : foreign(tag, instead.advice);
  const meant = meantBy(tag.name);
  if (meant === undefined) return undefined;
  if (meant === "spell") return tag.name === meant ? undefined : misspelt(tag, meant, spell(tag));
  if (meant === "flush") return faultOfFlush(tag);
  if (tag.closes) {
    return tag.name === meant ? needless(tag, meant) : misspelt(tag, meant, "");
  }
  const fault = faultOfBody(tag, meant);
  if (tag.name !== meant)
    return misspelt(tag, meant, fault ? fault.repaired : canonical(tag, meant));
  return fault;
}

function foreign(tag: TagText, advice: string): TagFault {
  const message = l10n.t(
    "The service does not know `<{0}>`: it does nothing, or is read out.",
    tag.name,
  );
  return {
    code: "unknown-tag",
    message: `${message} ${advice}`,
    span: tag,
    repaired: undefined,
  };
}

function misspelt(tag: TagText, meant: string, repaired: string | undefined): TagFault {
  const { name } = tag;
  const message =
    meant === "flush"
      ? l10n.t(
          "There is no tag `<{0}>`: it does not cut the script. Did you mean `<{1}>`?",
          name,
          meant,
        )
      : l10n.t(
          "There is no tag `<{0}>`: it does nothing, or is read out. Did you mean `<{1}>`?",
          name,
          meant,
        );
  return {
    code: "unknown-tag",
    message,
    span: tag,
    repaired,
  };
}

function spell({ closes, isEmpty }: TagText): string | undefined {
  return isEmpty ? undefined : closes ? "</spell>" : "<spell>";
}

function needless(tag: TagText, name: TagName): TagFault {
  return {
    code: "needless-end",
    message: l10n.t(
      "`<{0}/>` holds from its place on and has no end: `</{0}>` is read out or ignored. Remove it.",
      name,
    ),
    span: tag,
    repaired: "",
  };
}

function faultOfFlush(tag: TagText): TagFault | undefined {
  if (tag.name !== "flush") return misspelt(tag, "flush", tag.closes ? undefined : "<flush/>");
  if (/^<flush[ \t]*\/>$/i.test(tag.text)) return undefined;
  return {
    code: "flush-form",
    message: l10n.t(
      "`{0}` does not cut the script here. A flush marker is written `<flush/>`.",
      tag.text,
    ),
    span: tag,
    repaired: tag.closes ? undefined : "<flush/>",
  };
}

/** What is wrong behind the name of a control tag. */
function faultOfBody(tag: TagText, name: TagName): TagFault | undefined {
  const rule: TagRule = tagRules[name];
  const attribute = tag.attributes.find((one) => one.name === rule.attribute);
  const meant = attribute ?? tag.attributes[0];
  const written = meant?.value ?? tag.rest.replace(/^["']|["']$/g, "");
  const value = written === "" && !meant ? rule.sample : written;
  const fault = faultOfValue(name, value);
  const right = fault ? fault.better : value;
  const repaired = right === undefined ? undefined : write(name, rule, right);
  if (attribute && fault) {
    return { code: codes[rule.attribute], message: fault.message, span: attribute, repaired };
  }
  if (!attribute) {
    const message = l10n.t(
      "`<{0}>` needs its {1}: without it, it does nothing. Write `{2}`.",
      name,
      rule.attribute,
      write(name, rule, right ?? rule.sample),
    );
    return { code: "missing-attribute", message, span: meant ?? tag, repaired };
  }
  if (!attribute.quoted) {
    const message = l10n.t(
      "The {0} of `<{1}>` stands in no quotes, and may not be understood. Write `{2}`.",
      rule.attribute,
      name,
      write(name, rule, value),
    );
    return { code: "unquoted", message, span: attribute, repaired };
  }
  if (tag.isEmpty) return undefined;
  const message = l10n.t(
    "`<{0}>` must end with `/>`: as it is, it does nothing, or is read out. Write `{1}`.",
    name,
    write(name, rule, value),
  );
  return { code: "unclosed-tag", message, span: tag, repaired };
}

const codes = { time: "break-time", ratio: "ratio", value: "emotion" } as const;

function canonical(tag: TagText, name: TagName): string {
  const rule: TagRule = tagRules[name];
  const value = tag.attributes.find((one) => one.name === rule.attribute)?.value ?? rule.sample;
  return write(name, rule, value);
}

function write(name: TagName, { attribute }: TagRule, value: string): string {
  return `<${name} ${attribute}="${value}"/>`;
}
