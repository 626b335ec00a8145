import ts from "typescript";
import { isTranslation, parse } from "./runTimeStrings.ts";

/** Names of properties and attributes whose values nobody reads. */
const unread: ReadonlySet<string> = new Set([
  ...["class", "className", "role", "icon", "shortcut", "shown", "name", "aria-keyshortcuts"],
]);

/** Calls that take names of the DOM, not words, or lines for the log. */
const unreadCalls =
  /(?:querySelector(?:All)?|closest|matches|startsWith|setAttribute|trace|log\.\w+)$/;

/**
 * The texts of a module that look as if somebody read them and are not translated: of several words, or beginning with a
 * capital letter. What can't be read is left out: types, keys, what is compared, attributes of which nothing is shown.
 */
export function untranslatedTexts(file: string, source: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (isHidden(node)) return;
    const text = textOf(node);
    if (text !== undefined && isProse(text)) texts.push(text);
    ts.forEachChild(node, visit);
  };
  visit(parse(file, source));
  return texts;
}

/** A literal, or a template with `{}` for each of its values. */
function textOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join("");
}

function isProse(written: string): boolean {
  const text = written.replace(/<[^<>]*>/g, ""); // of markup there is nothing to read
  return /^\p{Lu}\p{Ll}/u.test(text) || /\p{L}{2,}[^\p{L}]*\s.*\p{L}{2,}/u.test(text);
}

/** Whether nothing within the node is read by the user. */
function isHidden(node: ts.Node): boolean {
  if (ts.isSourceFile(node)) return false;
  if (ts.isImportDeclaration(node) || ts.isTypeNode(node) || isCompared(node)) return true;
  if (ts.isPropertyAssignment(node)) return unread.has(node.name.getText().replaceAll('"', ""));
  if (ts.isStringLiteral(node) && ts.isPropertyAssignment(node.parent)) {
    return node === node.parent.name;
  }
  if (ts.isNewExpression(node)) return node.expression.getText() === "RangeError"; // of the programmer
  if (ts.isPropertyDeclaration(node)) return node.name.getText() === "name"; // of an error's class
  if (!ts.isCallExpression(node)) return false;
  return unreadCalls.test(node.expression.getText()) || isTranslation(node);
}

function isCompared(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isCaseClause(parent)) return parent.expression === node;
  return ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText());
}
