import { stringify } from "yaml";

/** A text as YAML writes it in any place: in quotes, unless it is a word that could be nothing else. */
export function quoted(text: string): string {
  const isWord = /^[a-z0-9][\w-]*$/i.test(text) && stringify(text) === `${text}\n`;
  return isWord ? text : JSON.stringify(text);
}
