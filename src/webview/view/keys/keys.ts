import * as l10n from "@vscode/l10n";

/** What the keys of the page do. */
export interface KeyActions {
  readonly playOrPause: () => void;
  /** On or, with a negative number, back. */
  readonly seekBy: (seconds: number) => void;
  readonly move: (to: "previous" | "next" | "first" | "last") => void;
  /** Puts the editor's cursor to the text. */
  readonly goTo: () => void;
  readonly again: () => void;
  /** Speaks the segment though it is ready. */
  readonly speakAgain: () => void;
  /** Plays the segment's clip and a take of it in turn. */
  readonly compare: () => void;
  readonly turnTakes: () => void;
  readonly lock: () => void;
  readonly stop: () => void;
  readonly loop: () => void;
  /** One step slower or faster. */
  readonly changeSpeed: (by: 1 | -1) => void;
  readonly showKeys: () => void;
}

type Answer = (actions: KeyActions) => void;

/** Keys that belong together: a row of the dialog. */
export interface PageKeys {
  /** By their English names. */
  readonly shown: readonly string[];
  readonly does: () => string;
  /** By `KeyboardEvent.key`; letters are small. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** Whether Shift is held too. Without it, keys that type a character are answered also with Shift: many need it. */
  readonly shift?: boolean;
  /** Whether it is answered again and again while it is held. */
  readonly repeats?: boolean;
}

/** All keys of the page: the one place that says what they do. */
export const pageKeys: readonly PageKeys[] = [
  {
    shown: ["Space"],
    does: () => l10n.t("Play or pause the segment"),
    answers: { " ": ({ playOrPause }) => playOrPause() },
  },
  {
    shown: ["Left", "Right"],
    does: () => l10n.t("Back or forward 1 second"),
    answers: { ArrowLeft: ({ seekBy }) => seekBy(-1), ArrowRight: ({ seekBy }) => seekBy(1) },
    repeats: true,
  },
  {
    shown: ["Shift+Left", "Shift+Right"],
    does: () => l10n.t("Back or forward 5 seconds"),
    answers: { ArrowLeft: ({ seekBy }) => seekBy(-5), ArrowRight: ({ seekBy }) => seekBy(5) },
    shift: true,
    repeats: true,
  },
  {
    shown: ["Up", "Down"],
    does: () => l10n.t("Previous or next segment"),
    answers: { ArrowUp: ({ move }) => move("previous"), ArrowDown: ({ move }) => move("next") },
    repeats: true,
  },
  {
    shown: ["Home", "End"],
    does: () => l10n.t("First or last segment"),
    answers: { Home: ({ move }) => move("first"), End: ({ move }) => move("last") },
    repeats: true,
  },
  {
    shown: ["Enter"],
    does: () => l10n.t("Go to the segment's text in the editor"),
    answers: { Enter: ({ goTo }) => goTo() },
  },
  {
    shown: ["R"],
    does: () => l10n.t("Play the segment again from its start"),
    answers: { r: ({ again }) => again() },
  },
  {
    shown: ["Shift+R"],
    does: () => l10n.t("Speak the segment again"),
    answers: { r: ({ speakAgain }) => speakAgain() },
    shift: true,
  },
  {
    shown: ["K"],
    does: () => l10n.t("Lock or unlock the segment"),
    answers: { k: ({ lock }) => lock() },
  },
  {
    shown: ["T"],
    does: () => l10n.t("Show the segment's takes, or hide them"),
    answers: { t: ({ turnTakes }) => turnTakes() },
  },
  {
    shown: ["C"],
    does: () => l10n.t("Compare: play the segment and its take in turn"),
    answers: { c: ({ compare }) => compare() },
  },
  {
    shown: ["S", "Escape"],
    does: () => l10n.t("Stop"),
    answers: { s: ({ stop }) => stop(), Escape: ({ stop }) => stop() },
  },
  {
    shown: ["L"],
    does: () => l10n.t("Loop the segment, or stop looping"),
    answers: { l: ({ loop }) => loop() },
  },
  {
    shown: ["[", "]"],
    does: () => l10n.t("Slower or faster"),
    answers: {
      "[": ({ changeSpeed }) => changeSpeed(-1),
      "]": ({ changeSpeed }) => changeSpeed(1),
    },
  },
  {
    shown: ["?"],
    does: () => l10n.t("Show the keys"),
    answers: { "?": ({ showKeys }) => showKeys() },
  },
];

/** What is read of a `KeyboardEvent`. */
export type KeyPress = Pick<
  KeyboardEvent,
  | "key"
  | "code"
  | "shiftKey"
  | "ctrlKey"
  | "metaKey"
  | "altKey"
  | "isComposing"
  | "getModifierState"
>;

/** What the page does at a press of this key; undefined where the key is not the page's. */
export function findKey(
  press: KeyPress,
  isMac: boolean,
): { readonly answer: Answer; readonly repeats: boolean } | undefined {
  if (press.isComposing || !isPlain(press, isMac)) return undefined;
  const key = keyOf(press);
  const isCharacter = key.length === 1 && key !== " ";
  const known = pageKeys.filter(({ answers }) => Object.hasOwn(answers, key));
  const exact = known.find(({ shift = false }) => shift === press.shiftKey);
  const found = exact ?? (isCharacter ? known.find(({ shift = false }) => !shift) : undefined);
  const answer = found?.answers[key];
  return answer && { answer, repeats: found?.repeats ?? false };
}

/** Answers the keys of the page's document, wherever in it the focus is. To be called once. */
export function answerKeys(root: HTMLElement, actions: KeyActions): void {
  const isMac = isMacKeyboard();
  root.ownerDocument.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || root.querySelector("dialog[open]")) return;
    const found = findKey(event, isMac);
    if (!found || isTaken(event)) return;
    event.preventDefault();
    if (!event.repeat || found.repeats) found.answer(actions);
  });
}

/** Whether the user's keyboard has Command and Option. */
export function isMacKeyboard(): boolean {
  return /^(mac|iphone|ipad)/i.test(navigator.platform);
}

/**
 * Whether it is pressed without Ctrl, Alt or Command, so that it can't be meant for the editor. Brackets and the question mark
 * need AltGr on many keyboards: Windows may tell of that as Ctrl and Alt, and a Mac has Option in its place.
 */
function isPlain(press: KeyPress, isMac: boolean): boolean {
  const { key, ctrlKey, metaKey, altKey } = press;
  if (!ctrlKey && !metaKey && !altKey) return true;
  if (!["[", "]", "?"].includes(key) || metaKey || (ctrlKey && !altKey)) return false;
  return isMac ? !ctrlKey : press.getModifierState("AltGraph");
}

/** The key by the character it types, or, where that is of another script than the Latin, by its place. */
function keyOf({ key, code }: KeyPress): string {
  const isForeign = /^\p{L}$/u.test(key) && !/\p{Script=Latin}/u.test(key);
  if (isForeign) return placesOfSigns[code] ?? code.replace(/^Key/, "").toLowerCase();
  return key.length === 1 ? key.toLowerCase() : key;
}

const placesOfSigns: Readonly<Record<string, string>> = { BracketLeft: "[", BracketRight: "]" };

/** Whether the element that has the focus answers the key itself. */
function isTaken({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target.matches("textarea, [contenteditable], input:not([type=range])")) return true;
  if (key === " " || key === "Enter") {
    return target.matches("button, select, input, summary, a[href], [role=button]");
  }
  const moves = /^(Arrow|Home$|End$)/.test(key);
  return moves && target.matches("select, input");
}

/** A command of the editor and its keys, as they are before the user changes them. */
interface EditorKeys {
  /** Where there is neither Command nor Option. */
  readonly shown: readonly string[];
  readonly does: () => string;
}

/** The keys that package.json gives to commands; a test compares them with it. */
export const editorKeys: readonly EditorKeys[] = [
  { shown: ["Ctrl+Alt+Enter"], does: () => l10n.t("Preview Segment") },
  { shown: ["Ctrl+Alt+Shift+Enter"], does: () => l10n.t("Preview Script") },
  { shown: ["Shift+Alt+Enter"], does: () => l10n.t("Preview Segment and Go to Next") },
  { shown: ["Shift+Alt+P"], does: () => l10n.t("Play From Cursor") },
  { shown: ["Ctrl+Alt+PageUp"], does: () => l10n.t("Go to Previous Segment") },
  { shown: ["Ctrl+Alt+PageDown"], does: () => l10n.t("Go to Next Segment") },
  { shown: ["Shift+Alt+PageUp"], does: () => l10n.t("Move Segment Up") },
  { shown: ["Shift+Alt+PageDown"], does: () => l10n.t("Move Segment Down") },
  { shown: ["Ctrl+Alt+Backspace"], does: () => l10n.t("Stop") },
];
