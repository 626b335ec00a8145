import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { findKey, pageKeys, editorKeys } from "../../../../../src/webview/view/keys/keys.ts";
import type { KeyActions, KeyPress } from "../../../../../src/webview/view/keys/keys.ts";

interface Manifest {
  readonly contributes: {
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
    }[];
    readonly commands: readonly { readonly command: string; readonly title: string }[];
  };
}

type Press = Partial<Omit<KeyPress, "getModifierState">> & { readonly altGraph?: boolean };

describe("The keys of the panel's page", () => {
  it("do what the dialog says", () => {
    const done = {
      Space: ["playOrPause"],
      Left: ["seekBy -1"],
      Right: ["seekBy 1"],
      "Shift+Left": ["seekBy -5"],
      "Shift+Right": ["seekBy 5"],
      Up: ["move previous"],
      Down: ["move next"],
      Home: ["move first"],
      End: ["move last"],
      Enter: ["goTo"],
      R: ["again"],
      "Shift+R": ["speakAgain"],
      K: ["lock"],
      T: ["turnTakes"],
      C: ["compare"],
      S: ["stop"],
      Escape: ["stop"],
      L: ["loop"],
      "[": ["changeSpeed -1"],
      "]": ["changeSpeed 1"],
      "?": ["showKeys"],
    };
    const shown = pageKeys.flatMap((keys) => keys.shown);
    assert.deepEqual(Object.fromEntries(shown.map((keys) => [keys, press(pressOf(keys))])), done);
  });

  it("are told without a doublet, and each with what it does", () => {
    const shown = pageKeys.flatMap((keys) => keys.shown);
    assert.equal(new Set(shown).size, shown.length);
    for (const { does, shown: keys, answers } of pageKeys) {
      assert.ok(does() !== "");
      assert.equal(keys.length, Object.keys(answers).length, does());
    }
  });

  it("are letters in any case", () => {
    assert.deepEqual(press({ key: "S", shiftKey: true }), ["stop"]);
    assert.deepEqual(press({ key: "S" }), ["stop"], "with Caps Lock");
    assert.deepEqual(press({ key: "R" }), ["again"], "with Caps Lock");
    assert.deepEqual(
      press({ key: "r", shiftKey: true }),
      ["speakAgain"],
      "with Caps Lock and Shift",
    );
  });

  it("leave every key with Ctrl, Command or Alt to the editor", () => {
    for (const keys of pageKeys.flatMap(({ shown }) => shown)) {
      for (const modifier of ["ctrlKey", "metaKey", "altKey"] as const) {
        assert.deepEqual(press({ ...pressOf(keys), [modifier]: true }), [], `${modifier} ${keys}`);
      }
      assert.deepEqual(press({ ...pressOf(keys), ctrlKey: true, altKey: true }), [], keys);
    }
  });

  it("tell arrows with Shift from arrows without, and leave other keys with Shift alone", () => {
    assert.deepEqual(press({ key: "ArrowLeft", shiftKey: true }), ["seekBy -5"]);
    for (const key of ["ArrowUp", "Home", "Enter", " ", "Escape"]) {
      assert.deepEqual(press({ key, shiftKey: true }), [], key);
    }
  });

  it("are typed on keyboards where brackets need AltGr, or Option, and the question mark Shift", () => {
    const german = { key: "[", code: "Digit8", altGraph: true };
    assert.deepEqual(press(german), ["changeSpeed -1"], "Linux");
    assert.deepEqual(press({ ...german, ctrlKey: true, altKey: true }), ["changeSpeed -1"]);
    assert.deepEqual(press({ key: "]", code: "Digit6", altKey: true }, true), ["changeSpeed 1"]);
    assert.deepEqual(press({ key: "?", code: "Minus", shiftKey: true }), ["showKeys"]);
  });

  it("leave Ctrl with AltGr, and Command with Option, to the editor", () => {
    const german = { key: "[", code: "Digit8", altGraph: true };
    assert.deepEqual(press({ ...german, ctrlKey: true }), []);
    assert.deepEqual(press({ ...german, metaKey: true, altKey: true }, true), []);
  });

  it("are found by their places where a keyboard has no Latin letters", () => {
    assert.deepEqual(press({ key: "ы", code: "KeyS" }), ["stop"]);
    assert.deepEqual(press({ key: "Д", code: "KeyL" }), ["loop"]);
    assert.deepEqual(press({ key: "х", code: "BracketLeft" }), ["changeSpeed -1"]);
    assert.deepEqual(press({ key: "ü", code: "BracketLeft" }), [], "a Latin letter is itself");
    assert.deepEqual(press({ key: "к", code: "KeyR", shiftKey: true }), ["speakAgain"]);
    assert.deepEqual(press({ key: "ч", code: "KeyX" }), []);
  });

  it("are not those of a text that is composed, or is none of them", () => {
    assert.deepEqual(press({ key: "s", isComposing: true }), []);
    for (const key of ["Process", "Dead", "Unidentified", "a", "5", "toString", ""]) {
      assert.deepEqual(press({ key }), [], key);
    }
  });

  it("repeat where they move, and nowhere else", () => {
    const repeating = pageKeys.filter(({ repeats }) => repeats).flatMap(({ shown }) => shown);
    assert.deepEqual(repeating, [
      ...["Left", "Right", "Shift+Left", "Shift+Right"],
      ...["Up", "Down", "Home", "End"],
    ]);
  });
});

describe("The editor's keys in the dialog", () => {
  it("are those that package.json gives to the commands, by their titles", () => {
    const { contributes } = read("package.json") as Manifest;
    const texts = read("package.nls.json") as Readonly<Record<string, string>>;
    const titleOf = (id: string): string | undefined => {
      const title = contributes.commands.find(({ command }) => command === id)?.title ?? "";
      return texts[title.replaceAll("%", "")];
    };
    const given = contributes.keybindings.map(({ command, key }) => `${titleOf(command)}: ${key}`);
    const told = editorKeys.map(({ shown, does }) => `${does()}: ${shown.join().toLowerCase()}`);
    assert.deepEqual(told.sort(), given.sort());
    for (const { key, mac = key } of contributes.keybindings) {
      assert.equal(mac, key.replace("ctrl", "cmd"), "on a Mac Command stands in Ctrl's place");
    }
  });
});

/** What is done at a press, in words. */
function press(given: Press, isMac = false): string[] {
  const done: string[] = [];
  const note =
    (name: string) =>
    (...values: readonly unknown[]): void =>
      void done.push([name, ...values].join(" "));
  const actions: KeyActions = {
    playOrPause: note("playOrPause"),
    seekBy: note("seekBy"),
    move: note("move"),
    goTo: note("goTo"),
    again: note("again"),
    speakAgain: note("speakAgain"),
    compare: note("compare"),
    turnTakes: note("turnTakes"),
    lock: note("lock"),
    stop: note("stop"),
    loop: note("loop"),
    changeSpeed: note("changeSpeed"),
    showKeys: note("showKeys"),
  };
  const { altGraph = false, ...keys } = given;
  const whole: KeyPress = {
    key: "",
    code: "",
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    getModifierState: (name) => name === "AltGraph" && altGraph,
    ...keys,
  };
  findKey(whole, isMac)?.answer(actions);
  return done;
}

/** The press of a key as the dialog shows it. */
function pressOf(shown: string): Press {
  const names: Readonly<Record<string, string>> = {
    Space: " ",
    Left: "ArrowLeft",
    Right: "ArrowRight",
    Up: "ArrowUp",
    Down: "ArrowDown",
  };
  const key = shown.replace("Shift+", "");
  return { key: names[key] ?? key, shiftKey: shown.startsWith("Shift+") };
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../../../${name}`, import.meta.url), "utf8"));
}
