import assert from "node:assert/strict";
import type { Browser } from "playwright-core";
import { encodeWav } from "../../src/audio/wav.ts";
import type { ClipView, FromPanel } from "../../src/panel/messages.ts";
import { launchChromium } from "../support/vscode/chromium.ts";
import { PanelPage } from "./panelPage.ts";

const sampleRate = 22050;
const format = { encoding: "pcm_s16le", sampleRate } as const;

describe("The head of the panel's page", function () {
  this.timeout(60_000);
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchChromium("browser");
  });

  after(() => browser?.close());

  beforeEach(async () => {
    panel = await PanelPage.open(browser);
  });

  afterEach(() => panel.close());

  const show: PanelPage["show"] = (...shown) => panel.show(...shown);

  /** Segments with files of so many seconds each, all of them ready. */
  function showReady(count: number, seconds: number): void {
    const samples = new Uint8Array(2 * Math.round(seconds * sampleRate));
    const wav = encodeWav({ format, samples });
    const clips = Array.from({ length: count }, (_, segment) => {
      panel.files.set(`/${segment}.wav`, wav);
      return { ...clipOf(segment, "ready"), seconds, src: `/${segment}.wav` };
    });
    show(clips);
  }

  function posted<T extends FromPanel["type"]>(type: T): Extract<FromPanel, { type: T }>[] {
    return panel.posted.filter((message) => message.type === type) as never;
  }

  const button = (name: string) => panel.page.getByRole("button", { name, exact: true });
  const row = (number: number) => panel.page.getByRole("listitem", { name: `Segment ${number},` });
  const speed = () => panel.page.getByRole("combobox", { name: "Speed" });
  const volume = () => panel.page.getByRole("slider", { name: "Volume" });
  const notice = (text: string) => panel.page.getByText(text);
  const press = (key: string) => panel.page.keyboard.press(key);

  describe("sound", () => {
    it("shows how the user wanted to hear last time, and posts what is wanted now", async () => {
      panel.send({ type: "sound", speed: 1.5, volume: 0.4 });
      show([clipOf(0, "not spoken")]);
      await notice("1 segment").waitFor();
      assert.equal(await speed().inputValue(), "1.5");
      assert.equal(await volume().inputValue(), "40");
      assert.equal(await volume().getAttribute("aria-valuetext"), "40%");
      assert.deepEqual(posted("sound"), [], "what it is told is not told back");
      await speed().selectOption("2");
      await volume().press("ArrowRight");
      await panel.until(() => posted("sound").length === 2);
      assert.deepEqual(posted("sound"), [
        { type: "sound", speed: 2, volume: 0.4 },
        { type: "sound", speed: 2, volume: 0.45 },
      ]);
    });

    it("takes nothing before it knows how the user likes to hear", async () => {
      assert.ok(await speed().isDisabled());
      await press("]");
      panel.send({ type: "sound", speed: 1, volume: 0.4 });
      show([clipOf(0, "not spoken")]);
      await speed().selectOption("2");
      await panel.until(() => posted("sound").length > 0);
      assert.deepEqual(posted("sound"), [{ type: "sound", speed: 2, volume: 0.4 }]);
    });

    it("goes a step slower or faster by the bracket keys, and no further than there are steps", async () => {
      show([clipOf(0, "not spoken")]);
      await row(1).focus();
      for (let times = 0; times < 6; times++) await press("]");
      for (let times = 0; times < 2; times++) await press("[");
      await panel.until(() => posted("sound").length === 6);
      assert.deepEqual(
        posted("sound").map((sound) => sound.speed),
        [1.25, 1.5, 1.75, 2, 1.75, 1.5],
      );
    });

    it("shows a speed that is none of the steps, and goes to the next step from it", async () => {
      panel.send({ type: "sound", speed: 1.1, volume: 1 });
      show([clipOf(0, "not spoken")]);
      await row(1).focus();
      assert.equal(await speed().inputValue(), "1.1");
      await press("[");
      await panel.until(() => posted("sound").length === 1);
      assert.equal(await speed().inputValue(), "1");
      assert.equal(await speed().getByRole("option").count(), 7, "it is one of the steps again");
    });

    it("is mute and no longer mute, and as loud as before", async () => {
      panel.send({ type: "sound", speed: 1, volume: 0.7 });
      show([]);
      await button("Mute").click();
      assert.equal(await button("Mute").getAttribute("aria-pressed"), "true");
      await button("Mute").click();
      assert.equal(await button("Mute").getAttribute("aria-pressed"), "false");
      await panel.until(() => posted("sound").length === 2);
      assert.deepEqual(
        posted("sound").map((sound) => sound.volume),
        [0, 0.7],
      );
    });

    it("loops by its button and by its key", async () => {
      showReady(1, 1);
      const loop = button("Loop segment");
      assert.equal(await loop.getAttribute("aria-pressed"), "false");
      await loop.click();
      assert.equal(await loop.getAttribute("aria-pressed"), "true");
      await row(1).focus();
      await press("l");
      assert.equal(await loop.getAttribute("aria-pressed"), "false");
    });
  });

  describe("keys", () => {
    it("do not take what the focused control answers itself", async () => {
      showReady(3, 1);
      await row(2).waitFor();
      await volume().focus();
      for (const key of ["ArrowLeft", "ArrowDown", "Home", "End", "Enter", "Space"])
        await press(key);
      assert.equal(await volume().inputValue(), "100");
      await speed().focus();
      await press("Enter");
      await press("Space");
      await press("Escape");
      await button("Loop segment").focus();
      await press("Enter");
      await press("Space");
      await panel.delivered();
      assert.deepEqual(posted("goTo"), []);
      assert.deepEqual(posted("stop"), [], "Escape closes the list of speeds");
      assert.deepEqual(posted("heard"), []);
      assert.equal(await button("Loop segment").getAttribute("aria-pressed"), "false", "twice");
    });

    it("work where nothing has the focus", async () => {
      show([clipOf(0, "not spoken")]);
      await notice("1 segment").waitFor();
      await panel.page.evaluate(() => (document.activeElement as HTMLElement).blur());
      await press("s");
      await panel.until(() => posted("stop").length === 1);
    });

    it("are left to the editor with Ctrl, Alt and Command", async () => {
      show([clipOf(0, "not spoken")]);
      await row(1).focus();
      await panel.page.evaluate(() => {
        const swallowed: string[] = [];
        Object.assign(window, { swallowed });
        window.addEventListener("keydown", ({ defaultPrevented, key }) => {
          if (defaultPrevented) swallowed.push(key);
        });
      });
      for (const modifier of ["Control", "Alt", "Meta"]) {
        for (const key of ["s", "l", "[", "ArrowRight"]) await press(`${modifier}+${key}`);
      }
      const swallowed = await panel.page.evaluate(
        () => (window as unknown as { swallowed: string[] }).swallowed,
      );
      assert.deepEqual(swallowed, []);
      await press("s");
      await panel.until(() => posted("stop").length > 0);
      assert.equal(posted("stop").length, 1);
    });

    it("are answered once while they are held, but for those that move", async () => {
      showReady(4, 1);
      await row(1).focus();
      for (const key of ["s", "ArrowDown"]) {
        await panel.page.keyboard.down(key);
        await panel.page.keyboard.down(key);
        await panel.page.keyboard.up(key);
      }
      await panel.until(() => posted("stop").length > 0);
      assert.equal(posted("stop").length, 1);
      assert.ok(await row(3).evaluate((element) => element === document.activeElement));
    });

    it("do the whole job: hear the script, pause, stop, choose, hear again, go to the text", async () => {
      show([clipOf(0, "not spoken"), clipOf(1, "not spoken")]);
      await row(1).waitFor();
      await press("Tab");
      assert.ok(await button("Preview script").evaluate((one) => one === document.activeElement));
      await press("Enter");
      await panel.until(() => posted("previewScript").length === 1);
      panel.send({ type: "runStarted", run: 1, format, segments: [0, 1] });
      for (const segment of [0, 1]) {
        const bytes = new Uint8Array(2 * 8 * sampleRate);
        panel.send({ type: "audio", run: 1, segment, bytes });
        panel.send({ type: "audioEnded", run: 1, segment });
      }
      await panel.until(() => posted("heard").length === 1);
      const stop = button("Stop");
      assert.ok(await stop.evaluate((one) => one === document.activeElement), "what follows it");
      await press("ArrowDown");
      await press("ArrowUp");
      await press("Space");
      await button("Resume").waitFor();
      await press("Space");
      await button("Pause").waitFor();
      await press("Escape");
      await panel.until(() => posted("heard").at(-1)?.segment === undefined);
      panel.send({ type: "runEnded", run: 1 });
      showReady(2, 8);
      await panel.delivered();
      await press("End");
      await press("r");
      await panel.until(() => posted("heard").at(-1)?.segment === 1);
      await press("Enter");
      await panel.until(() => posted("goTo").length === 1);
      assert.deepEqual(posted("goTo"), [{ type: "goTo", segment: 1 }]);
      await press("s");
      await panel.until(() => posted("heard").at(-1)?.segment === undefined);
    });

    it("are shown in a dialog, which takes its own keys and gives the focus back", async () => {
      showReady(2, 1);
      await row(2).focus();
      await press("?");
      const dialog = panel.page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await dialog.waitFor();
      await dialog.getByRole("row", { name: "L Loop the segment" }).waitFor();
      await dialog.getByRole("row", { name: "Shift R Speak the segment again" }).waitFor();
      await dialog.getByRole("row", { name: "Ctrl Alt Enter Preview Segment" }).waitFor();
      await press("ArrowUp");
      await press("l");
      await press("Escape");
      await dialog.waitFor({ state: "hidden" });
      assert.ok(await row(2).evaluate((element) => element === document.activeElement));
      assert.deepEqual(posted("stop"), []);
      assert.equal(await button("Loop segment").getAttribute("aria-pressed"), "false");
    });

    it("are shown by a button too, until their dialog is closed by its button or a click beside it", async () => {
      show([]);
      const dialog = panel.page.getByRole("dialog");
      await button("Show keyboard shortcuts").click();
      await dialog.getByRole("heading").click();
      await button("Close").click();
      await dialog.waitFor({ state: "hidden" });
      await button("Show keyboard shortcuts").click();
      await dialog.waitFor();
      await panel.page.mouse.click(3, 3);
      await dialog.waitFor({ state: "hidden" });
      const keys = button("Show keyboard shortcuts");
      assert.ok(await keys.evaluate((element) => element === document.activeElement));
    });
  });

  describe("the cost of a press", () => {
    const preview = () => button("Preview script");
    const described = () =>
      preview().evaluate((element) => {
        const ids = element.getAttribute("aria-describedby")!.split(" ");
        return ids.map((id) => document.getElementById(id)!.textContent).join(" ");
      });

    it("is told beside the button and by it, and follows what changes", async () => {
      show([clipOf(0, "not spoken")], { cost: { characters: 1234, credits: 1234 } });
      await notice("Preview script sends 1,234 characters, about 1,230 credits").waitFor();
      assert.equal(await described(), "sends 1,234 characters, about 1,230 credits");
      const built = await row(1).elementHandle();
      panel.send({ type: "cost", characters: 20 });
      await notice("Preview script speaks 20 characters").waitFor();
      assert.equal(await described(), "speaks 20 characters");
      panel.send({ type: "cost", characters: 0, credits: 0 });
      await notice("Preview script: everything is ready").waitFor();
      assert.equal(await described(), "everything is ready");
      assert.ok(await built.evaluate((element) => element.isConnected));
    });

    it("is not told where there is nothing to speak, or nothing is known yet", async () => {
      const line = panel.page.locator(".cost");
      assert.equal(await line.isVisible(), false);
      show([clipOf(0, "nothing to say")]);
      await notice("There is nothing to speak yet.").waitFor();
      assert.equal(await line.isVisible(), false);
      assert.equal(await described(), "");
    });
  });

  describe("summary", () => {
    it("follows the clips", async () => {
      show([clipOf(0, "not spoken"), clipOf(1, "not spoken")]);
      await notice("2 segments · 28 characters").waitFor();
      panel.send({ type: "clip", clip: { ...clipOf(0, "ready"), seconds: 2, src: "/0.wav" } });
      const numbers = "2.0 s · 1 of 2 segments ready · 28 characters · 90 words per minute";
      await notice(numbers).waitFor();
    });
  });

  describe("notices", () => {
    const nothing = "There is nothing to speak yet.";
    const unspoken = "Nothing is spoken yet.";
    const unmarked = "This script has no flush markers";
    const keyless = "You hear the local voice";

    async function shown(): Promise<string[]> {
      await panel.delivered();
      const texts = [nothing, unspoken, unmarked, keyless, "Clips can't be saved beside"];
      const visible = await Promise.all(texts.map((text) => notice(text).isVisible()));
      return texts.filter((_, at) => visible[at]);
    }

    it("say nothing before they know the script", async () => {
      assert.deepEqual(await shown(), []);
    });

    it("say that there is nothing to speak, and no more", async () => {
      show([clipOf(0, "nothing to say")], { unmarked: true, keyless: true, storedIn: "/storage" });
      assert.deepEqual(await shown(), [nothing]);
    });

    it("tell a new user how to cut, what to press and what will happen", async () => {
      show([clipOf(0, "not spoken")], { unmarked: true });
      assert.deepEqual(await shown(), [unspoken, unmarked]);
      await notice("Preview script speaks it and plays it at once.").waitFor();
      await notice("It is saved as a file beside the document.").waitFor();
    });

    it("say where files will be saved that can't be saved beside the document", async () => {
      show([clipOf(0, "not spoken"), clipOf(1, "not spoken")], { storedIn: "/storage" });
      assert.deepEqual(await shown(), [unspoken]);
      await notice("Each is saved as a file in /storage.").waitFor();
    });

    it("teach only until something is spoken", async () => {
      show([clipOf(0, "not spoken"), clipOf(1, "nothing to say")], { keyless: true });
      assert.deepEqual(await shown(), [unspoken, keyless]);
      panel.send({ type: "clip", clip: clipOf(0, "queued") });
      assert.deepEqual(await shown(), []);
    });

    it("offer to set a key where the local voice is heard for want of one", async () => {
      show([clipOf(0, "not spoken")], { keyless: true });
      await button("Set API key…").click();
      await panel.until(() => posted("setApiKey").length === 1);
    });
  });
});

function clipOf(segment: number, state: ClipView["state"]): ClipView {
  return { segment, index: segment, transcript: `Segment ${segment + 1} here`, state };
}
