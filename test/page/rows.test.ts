import assert from "node:assert/strict";
import type { Browser, Locator } from "playwright-core";
import { encodeWav } from "../../src/audio/wav.ts";
import type { ClipView, FromPanel } from "../../src/panel/messages.ts";
import { launchChromium } from "../support/vscode/chromium.ts";
import { PanelPage } from "./panelPage.ts";

const sampleRate = 22050;
const format = { encoding: "pcm_s16le", sampleRate } as const;
/** What VS Code's themes give, as far as these tests look at it. */
const theme = {
  "--vscode-descriptionForeground": "rgb(0, 200, 0)",
  "--vscode-disabledForeground": "rgb(0, 0, 200)",
  "--vscode-progressBar-background": "rgb(200, 0, 200)",
  "--vscode-editorError-foreground": "rgb(200, 0, 0)",
};

describe("The panel's rows", function () {
  this.timeout(60_000);
  let browser: Browser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchChromium("always");
  });

  after(() => browser?.close());

  beforeEach(async () => {
    panel = await PanelPage.open(browser);
    await panel.page.evaluate((colors) => {
      for (const [name, color] of Object.entries(colors)) {
        document.documentElement.style.setProperty(name, color);
      }
    }, theme);
  });

  afterEach(() => panel.close());

  const show: PanelPage["show"] = (...shown) => panel.show(...shown);

  /** A segment with a file of this length. */
  function readyClip(segment: number, samples: Int16Array, more: Partial<ClipView> = {}): ClipView {
    const src = `/${segment}.wav`;
    panel.files.set(src, encodeWav({ format, samples: bytesOf(samples) }));
    return { ...clipOf(segment, "ready"), seconds: samples.length / sampleRate, src, ...more };
  }

  function posted<T extends FromPanel["type"]>(type: T): Extract<FromPanel, { type: T }>[] {
    return panel.posted.filter((message) => message.type === type) as never;
  }

  const row = (number: number) => panel.page.locator(`#segment-${number}`);
  const button = (name: string) => panel.page.getByRole("button", { name, exact: true });
  const slider = (number: number) =>
    panel.page.getByRole("slider", { name: `Position in segment ${number}`, exact: true });
  const words = (number: number) => row(number).locator(".word");

  async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + 20_000;
    while (!(await holds())) {
      if (Date.now() > end) assert.fail(`never: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  describe("words", () => {
    const transcript = "  Stay hungry,\n\tstay  foolish. ";
    const spoken = [
      { from: 2, to: 6, start: 0, end: 1 },
      { from: 7, to: 13, start: 1, end: 2 },
      { from: 16, to: 20, start: 2, end: 3 },
      { from: 22, to: 30, start: 3, end: 4 },
    ];

    it("play from where they are clicked, and are marked while they are heard", async () => {
      show([readyClip(0, tone(8), { transcript, words: spoken })]);
      await words(1).filter({ hasText: "foolish" }).click();
      await panel.until(() => posted("heard").some(({ word }) => word?.from === 22));
      const positions = posted("heard").map(({ word }) => word?.from);
      assert.ok(!positions.includes(2), "it did not begin at the start");
      const heard = row(1).locator(".word.heard");
      assert.deepEqual(await heard.allTextContents(), ["foolish."]);
      await words(1).filter({ hasText: "hungry" }).click();
      await until("the mark follows", async () => {
        return (await heard.allTextContents()).join() === "hungry";
      });
    });

    it("leave the transcript to the letter, and what is selected in it alone", async () => {
      const element = row(1).locator(".transcript");
      show([readyClip(0, tone(8), { transcript, words: spoken })]);
      await words(1).nth(3).waitFor();
      assert.equal(await element.evaluate((text) => text.textContent), transcript);
      const selected = await element.evaluate((text) => {
        document.getSelection()!.selectAllChildren(text);
        return document.getSelection()!.toString();
      });
      assert.match(selected, /Stay hungry,\n\tstay {2}foolish\./);
      await words(1).first().dispatchEvent("click");
      await panel.delivered();
      assert.equal(posted("heard").length, 0, "a click that selects does not play");
    });

    it("come as the audio comes, and leave those before them as they are", async () => {
      show([{ ...clipOf(0, "speaking"), transcript }]);
      panel.send({ type: "runStarted", run: 1, format, segments: [0] });
      panel.send({ type: "words", run: 1, segment: 0, words: spoken.slice(0, 1) });
      await words(1).first().waitFor();
      const first = await words(1).first().elementHandle();
      panel.send({ type: "words", run: 1, segment: 0, words: spoken });
      await words(1).nth(3).waitFor();
      assert.equal(await first.evaluate((word) => word.isConnected), true);
      assert.deepEqual(await words(1).allTextContents(), ["Stay", "hungry", "stay", "foolish."]);
    });

    it("are text, whatever they hold", async () => {
      const transcript = "<img src=x onerror=alert(1)> <b>so</b>";
      const bold = { from: 29, to: 38, start: 0, end: 1 };
      show([readyClip(0, tone(1), { transcript, words: [bold] })]);
      assert.deepEqual(await words(1).allTextContents(), ["<b>so</b>"]);
      assert.equal(await panel.page.locator("li img, li b").count(), 0);
    });
  });

  describe("the waveform", () => {
    it("is a slider that tells the position", async () => {
      show([readyClip(0, tone(3.4)), readyClip(1, tone(10))]);
      await slider(1).waitFor();
      assert.deepEqual(await valuesOf(slider(1)), ["0", "3.4", "0.0", "0.0 of 3.4 seconds"]);
      panel.send({ type: "play", segments: [1], seconds: 4 });
      await until("it moves", async () => Number((await valuesOf(slider(2)))[2]) > 4.2);
      await panel.page.keyboard.press("Space");
      await button("Resume").waitFor();
      const [least, most, now, text] = await valuesOf(slider(2));
      assert.deepEqual([least, most, text], ["0", "10.0", `${now} of 10.0 seconds`]);
    });

    it("does not talk into the voice while it has the focus", async () => {
      show([readyClip(0, tone(10))]);
      panel.send({ type: "play", segments: [0], seconds: 4 });
      await until("it is heard", async () => Number((await valuesOf(slider(1)))[2]) > 4);
      await slider(1).focus();
      const told = (await valuesOf(slider(1)))[3];
      const before = await transformOf(row(1).locator(".playhead"));
      await until("the playhead moves", async () => {
        return (await transformOf(row(1).locator(".playhead"))) > before + 2;
      });
      assert.equal((await valuesOf(slider(1)))[3], told);
      await panel.page.keyboard.press("ArrowRight");
      await until("a leap is told", async () => (await valuesOf(slider(1)))[3] !== told);
    });

    it("plays from where it is clicked, and from where a drag ends", async () => {
      show([readyClip(0, tone(10))]);
      const box = (await slider(1).boundingBox())!;
      const at = (share: number) => [box.x + box.width * share, box.y + box.height / 2] as const;
      const { mouse } = panel.page;
      await mouse.click(...at(0.6));
      await until("it plays from there", async () => Number((await valuesOf(slider(1)))[2]) >= 6);
      await mouse.move(...at(0.5));
      await mouse.down();
      await mouse.move(...at(0.2));
      await row(1).locator(".cursor").waitFor();
      await mouse.up();
      await row(1).locator(".cursor").waitFor({ state: "hidden" });
      await until("it plays from there", async () => {
        const now = Number((await valuesOf(slider(1)))[2]);
        return now >= 2 && now < 5;
      });
    });

    it("shows the wave, silence, clipping and what has been played in the theme's colours", async () => {
      const samples = tone(4);
      samples.fill(0, sampleRate * 2, sampleRate * 3);
      samples[sampleRate * 3.5] = 32767;
      show([readyClip(0, samples)]);
      const rest = row(1).locator("canvas.rest");
      await until("it is drawn", async () => (await pixelsOf(rest)).drawn > 0);
      const { wave, silence, clipped } = await pixelsOf(rest);
      assert.ok(wave.count > 1000 && silence.count > 50 && clipped.count > 0);
      assert.ok(wave.from < 0.01 && wave.to > 0.99);
      assertNear(silence.from, 0.5);
      assertNear(silence.to, 0.75);
      assertNear(clipped.from, 0.875);
      assert.equal(await row(1).locator("canvas").count(), 1);
      panel.send({ type: "play", segments: [0], seconds: 1 });
      const played = row(1).locator("canvas.played");
      await until("it is drawn", async () => (await pixelsOf(played)).played.count > 1000);
    });

    it("is drawn anew for another theme", async () => {
      show([readyClip(0, tone(1))]);
      const rest = row(1).locator("canvas.rest");
      await until("it is drawn", async () => (await pixelsOf(rest)).wave.count > 0);
      await panel.page.evaluate(() => {
        const root = document.documentElement;
        root.style.setProperty("--vscode-descriptionForeground", "rgb(200, 0, 0)");
      });
      await until("it is drawn anew", async () => (await pixelsOf(rest)).clipped.count > 0);
    });

    it("has a pixel for each of the screen, also after a resize", async () => {
      show([readyClip(0, tone(1))]);
      await slider(1).waitFor();
      await panel.page.setViewportSize({ width: 500, height: 600 });
      await until("it fits", () =>
        row(1)
          .locator("canvas.rest")
          .evaluate(
            (canvas: HTMLCanvasElement) =>
              canvas.width === Math.round(canvas.parentElement!.clientWidth * devicePixelRatio),
          ),
      );
    });

    it("grows with the stream, and stays without its file being fetched", async () => {
      const asked: string[] = [];
      panel.page.on("request", (request) => asked.push(request.url()));
      const transcript = "x".repeat(60); // about four seconds
      show([{ ...clipOf(0, "speaking"), transcript }]);
      panel.send({ type: "runStarted", run: 1, format, segments: [0] });
      const bytes = bytesOf(tone(2));
      const half = bytes.length / 2 + 1;
      panel.send({ type: "audio", run: 1, segment: 0, bytes: bytes.slice(0, half) });
      const rest = row(1).locator("canvas.rest");
      await until(
        "a part is drawn",
        async () => Math.abs((await pixelsOf(rest)).wave.to - 0.25) < 0.02,
      );
      panel.send({ type: "audio", run: 1, segment: 0, bytes: bytes.slice(half) });
      await until("it grows", async () => Math.abs((await pixelsOf(rest)).wave.to - 0.5) < 0.02);
      panel.send({ type: "audioEnded", run: 1, segment: 0 });
      const clip = readyClip(0, tone(2), { transcript });
      panel.send({ type: "clip", clip });
      await until("it is whole", async () => (await pixelsOf(rest)).wave.to > 0.98);
      assert.deepEqual(
        asked.filter((url) => url.endsWith(".wav")),
        [],
      );
    });
  });

  describe("facts", () => {
    it("are short, and say what they are", async () => {
      const timing = { firstByteMs: 120, firstAudibleMs: 180, speed: 28 };
      const first = readyClip(0, tone(3.4), { timing, audible: { start: 0, end: 3 } });
      const last = readyClip(2, tone(2), { audible: { start: 0.2, end: 2 } });
      show([first, clipOf(1, "nothing to say"), last]);
      const facts = row(1).locator(".facts");
      await facts.getByText("28×").waitFor();
      assert.deepEqual(await facts.locator("span:not(:empty)").allTextContents(), [
        "ready",
        "3.4 s",
        "first byte 120 ms",
        "first sound 180 ms",
        "28×",
        "pause 0.6 s",
      ]);
      assert.match((await facts.getByText("first sound").getAttribute("title"))!, /can be heard/);
      panel.send({ type: "clip", clip: { ...clipOf(2, "changed") } });
      await facts.getByText("pause").waitFor({ state: "detached" });
    });

    it("tell who said it, where that is not the script's voice", async () => {
      show([readyClip(0, tone(1), { voice: "Katie" }), readyClip(1, tone(1))]);
      await row(1).getByText("said by Katie").waitFor();
      assert.equal(await row(2).getByText("said by").count(), 0);
    });

    it("tell what the player does", async () => {
      show([readyClip(0, tone(5))]);
      await button("Play segment 1").click();
      await row(1).getByText("playing").waitFor();
      await button("Pause segment 1").click();
      await row(1).getByText("paused").waitFor();
    });
  });

  describe("a way out", () => {
    it("is offered where a segment is not as it should be", async () => {
      show([
        { ...clipOf(0, "failed"), reason: "The service is out of credits." },
        { ...clipOf(1, "incomplete"), reason: "The connection broke off." },
        readyClip(2, tone(1), { state: "changed" }),
        readyClip(3, tone(1)),
      ]);
      await row(1).getByText("The service is out of credits.").waitFor();
      await button("Try segment 1 again").click();
      await button("Try segment 2 again").click();
      await button("Preview changed segment 3").click();
      await panel.until(() => posted("previewSegment").length === 3);
      assert.deepEqual(
        posted("previewSegment").map(({ segment }) => segment),
        [0, 1, 2],
      );
      assert.equal(await panel.page.locator(".wayOut:visible").count(), 3);
    });
  });

  describe("what a press sends", () => {
    it("is told by the button that sends it, in its tooltip and to a screen reader", async () => {
      show([
        { ...clipOf(0, "not spoken"), toSend: 120 },
        readyClip(1, tone(1), { state: "changed", toSend: 1 }),
        { ...clipOf(2, "failed"), toSend: 6 },
        readyClip(3, tone(1), { toSend: 0 }),
      ]);
      assert.deepEqual(await tipOf(button("Play segment 1")), {
        description: "sends 120 characters",
        title: "Play segment 1, sends 120 characters",
      });
      assert.deepEqual(await tipOf(button("Preview changed segment 2")), {
        description: "sends 1 character",
        title: "sends 1 character",
      });
      for (const name of ["Try segment 3 again", "Play segment 3"]) {
        assert.equal((await tipOf(button(name))).description, "sends 6 characters", name);
      }
      for (const name of ["Play segment 2", "Play segment 4"]) {
        assert.equal((await tipOf(button(name))).description, null, `${name}: it plays`);
      }
    });
  });

  describe("a lock", () => {
    it("is put on and taken off by its button, and told in words", async () => {
      const clip = readyClip(0, tone(3.4));
      show([clip, clipOf(1, "not spoken")]);
      const lock = button("Lock segment 1");
      assert.equal(await lock.getAttribute("aria-pressed"), "false");
      await lock.click();
      await panel.until(() => posted("lock").length === 1);
      assert.equal(await lock.getAttribute("aria-pressed"), "false", "not before the host says so");
      panel.send({ type: "clip", clip: { ...clip, locked: true } });
      const name = "Segment 1, ready, locked, 3.4 seconds";
      await panel.page.getByRole("listitem", { name, exact: true }).waitFor();
      assert.equal(await lock.getAttribute("aria-pressed"), "true");
      assert.equal(await row(1).locator(".facts .codicon-lock").count(), 1);
      assert.equal(await row(1).locator(".facts .locked").innerText(), "locked");
      await lock.click();
      await panel.until(() => posted("lock").length === 2);
      assert.deepEqual(
        posted("lock").map(({ locked }) => locked),
        [true, false],
      );
      assert.equal(await button("Lock segment 2").count(), 0, "there is no clip to keep");
    });

    it("is put on by a key, and then told to a screen reader", async () => {
      const clip = readyClip(0, tone(1));
      show([clip, clipOf(1, "not spoken")]);
      const status = (text: string) => panel.page.getByText(text, { exact: true });
      await row(1).focus();
      await panel.page.keyboard.press("k");
      await panel.until(() => posted("lock").length === 1);
      assert.deepEqual(posted("lock"), [{ type: "lock", segment: 0, locked: true }]);
      panel.send({ type: "clip", clip: { ...clip, locked: true } });
      await status("Segment 1 is locked.").waitFor({ state: "attached" });
      await panel.page.keyboard.press("k");
      panel.send({ type: "clip", clip });
      await status("Segment 1 is no longer locked.").waitFor({ state: "attached" });
      await row(2).focus();
      await panel.page.keyboard.press("k");
      await status("Segment 2 has no clip to lock.").waitFor({ state: "attached" });
      assert.equal(posted("lock").length, 2);
    });

    it("keeps the row from being spoken, and says so where it would have been", async () => {
      show([readyClip(0, tone(1), { state: "changed", locked: true, toSend: 0 })]);
      const why = "Segment 1 is locked: unlock it to speak it.";
      for (const name of ["Preview changed segment 1", "Speak segment 1 again"]) {
        await button(name).waitFor();
        assert.equal(await button(name).getAttribute("aria-disabled"), "true", name);
        assert.equal((await tipOf(button(name))).description, why, name);
        await button(name).click({ force: true });
      }
      await row(1).focus();
      await panel.page.keyboard.press("Shift+R");
      await panel.page.getByText(why).waitFor({ state: "attached" });
      await button("Play segment 1").click();
      await row(1).getByText("playing").waitFor();
      assert.deepEqual([...posted("previewSegment"), ...posted("previewAgain")], []);
    });
  });

  describe("again", () => {
    it("is said by a button of what is spoken, and by a key", async () => {
      show([readyClip(0, tone(1)), clipOf(1, "nothing to say"), clipOf(2, "not spoken")]);
      await button("Speak segment 1 again").click();
      for (const number of [1, 2, 3]) {
        await row(number).focus();
        await panel.page.keyboard.press("Shift+R");
      }
      await panel.until(() => posted("previewAgain").length === 3);
      const again = (segment: number) => ({ type: "previewAgain", segment, inContext: false });
      assert.deepEqual(posted("previewAgain"), [again(0), again(0), again(2)]);
      assert.equal(await button("Speak segment 3 again").count(), 0);
      await row(1).focus();
      await panel.page.keyboard.press("r");
      await row(1).getByText("playing").waitFor();
      assert.equal(posted("previewAgain").length, 3, "R alone plays");
    });
  });

  describe("more actions", () => {
    it("open VS Code's menu for the row, where there is something in it", async () => {
      const takes = [
        { id: "", src: "", seconds: 1, spokenAt: "2026-07-20T12:00Z", voice: "Katie" },
      ];
      show([
        readyClip(0, tone(1)),
        { ...clipOf(1, "not spoken"), takes },
        readyClip(2, tone(1), { state: "changed", locked: true }),
        clipOf(3, "nothing to say"),
      ]);
      await panel.page.evaluate(() => {
        document.addEventListener("contextmenu", (event) => {
          const { clientX, clientY, target } = event;
          const row = (target as Element).closest("li")!;
          Object.assign(window, { opened: { clientX, clientY, at: row.id } });
        });
      });
      await button("More actions for segment 1").click();
      const opened = await panel.page.evaluate(
        () =>
          (window as unknown as { opened: { clientX: number; clientY: number; at: string } })
            .opened,
      );
      assert.equal(opened.at, "segment-1");
      assert.ok(opened.clientX > 0 && opened.clientY > 0);
      assert.deepEqual(await contextOf(row(1)), {
        webviewSection: "clip",
        segment: 0,
        speakable: true,
        hasClip: true,
        locked: false,
        hasTakes: false,
        preventDefaultContextMenuItems: true,
      });
      const { hasClip, hasTakes } = await contextOf(row(2));
      assert.deepEqual({ hasClip, hasTakes }, { hasClip: false, hasTakes: true });
      assert.equal((await contextOf(row(3))).locked, true);
      assert.equal((await contextOf(row(4))).speakable, false);
      await button("More actions for segment 2").waitFor();
      assert.equal(await button("More actions for segment 4").count(), 0);
    });
  });

  describe("while the script is edited", () => {
    const texts = ["One.", "Two.", "Three."];
    const clips = texts.map((transcript, segment) => ({ ...clipOf(segment, "ready"), transcript }));
    const placed = (...all: readonly ClipView[]): ClipView[] =>
      all.map((clip, index) => ({ ...clip, index }));
    /** Waits until what is named so has the focus. */
    const focused = (name: string): Promise<unknown> =>
      panel.page.waitForFunction(
        (start) => document.activeElement?.getAttribute("aria-label")?.startsWith(start),
        name,
      );

    it("go with their segments, and keep the focus", async () => {
      const [one, two, three] = clips as [ClipView, ClipView, ClipView];
      show(clips);
      await button("Go to segment 2").focus();
      show(placed(clipOf(3, "not spoken"), one, two, three));
      await button("Go to segment 4").waitFor();
      await focused("Go to segment 3");
      await panel.page.keyboard.press("Enter");
      await panel.until(() => posted("goTo").length === 1);
      assert.deepEqual(posted("goTo"), [{ type: "goTo", segment: 1 }]);
      show(placed(two, one, three));
      await focused("Go to segment 1");
      const said = await panel.page.locator("li .transcript").allTextContents();
      assert.deepEqual(said, ["Two.", "One.", "Three."]);
    });

    it("give the focus to what stands in their place when they are gone", async () => {
      const [one, , three] = clips as [ClipView, ClipView, ClipView];
      show(clips);
      await button("Go to segment 2").focus();
      show(placed(one, three));
      await focused("Segment 2, ready");
    });
  });

  describe("a thousand of them", () => {
    const count = 1000;

    function showMany(): void {
      show(
        Array.from({ length: count }, (_, segment) => ({
          ...readyClip(segment, tone(0.1)),
          transcript: `This is what segment ${segment + 1} says. `.repeat(1 + (segment % 5)),
        })),
      );
    }

    it("are all there, and complete only near the view", async () => {
      showMany();
      await row(count).waitFor({ state: "attached" });
      await slider(1).waitFor();
      assert.equal(await panel.page.getByRole("listitem").count(), count);
      const last = row(count);
      assert.match((await last.getAttribute("aria-label"))!, /^Segment 1000, ready, 0\.1 seconds$/);
      assert.match((await last.textContent())!, /This is what segment 1000 says/);
      assert.equal(await last.locator("button, canvas").count(), 0);
      const canvases = panel.page.locator("canvas");
      const atTop = await canvases.count();
      assert.ok(atTop < 40, `${atTop} canvases`);
      await last.scrollIntoViewIfNeeded();
      await slider(count).waitFor();
      await until("the first rows are taken down", async () => {
        return (await row(5).locator("button, canvas").count()) === 0;
      });
      // The row that Tab comes to stays complete.
      assert.ok((await canvases.count()) < 40 && (await row(1).locator("canvas").count()) === 1);
    });

    it("are walked through by the keyboard, and each is complete when it is come to", async () => {
      showMany();
      await slider(1).waitFor();
      await row(1).focus();
      await panel.page.keyboard.press("End");
      await button(`Go to segment ${count}`).waitFor();
      await panel.page.keyboard.press("ArrowUp");
      await panel.page.keyboard.press("Enter");
      await panel.until(() => posted("goTo").length === 1);
      assert.deepEqual(posted("goTo")[0], { type: "goTo", segment: count - 2 });
    });

    it("scroll to what is heard, but not while the user looks elsewhere", async () => {
      const isInView = (number: number): Promise<boolean> =>
        row(number).evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          const list = element.parentElement!.getBoundingClientRect();
          return top >= list.top - 1 && bottom <= list.bottom + 1;
        });
      showMany();
      await slider(1).waitFor();
      panel.send({ type: "play", segments: [499], seconds: 0 });
      await until("it is in view", () => isInView(500));
      await panel.until(() => posted("heard").at(-1)?.segment === undefined);
      await panel.page.locator("ul").hover();
      await panel.page.mouse.wheel(0, -300);
      const told = posted("heard").length;
      panel.send({ type: "play", segments: [899], seconds: 0 });
      await panel.until(() => posted("heard").length > told);
      assert.equal(await isInView(900), false);
    });
  });
});

function clipOf(segment: number, state: ClipView["state"]): ClipView {
  return { segment, index: segment, transcript: `Text ${segment + 1}`, state };
}

/** Half as loud as can be. */
function tone(seconds: number): Int16Array {
  return Int16Array.from(
    { length: Math.round(seconds * sampleRate) },
    (_, at) => 16000 * Math.sin(at / 5),
  );
}

function bytesOf(samples: Int16Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(samples.buffer as ArrayBuffer);
}

/** The least, the greatest and the present value of a slider, and how it is told. */
function valuesOf(slider: Locator): Promise<(string | null)[]> {
  return slider.evaluate((element) =>
    ["valuemin", "valuemax", "valuenow", "valuetext"].map((name) =>
      element.getAttribute(`aria-${name}`),
    ),
  );
}

async function tipOf(button: Locator): Promise<Record<string, string | null>> {
  const description = await button.getAttribute("aria-description");
  return { description, title: await button.getAttribute("title") };
}

async function contextOf(row: Locator): Promise<Record<string, unknown>> {
  return JSON.parse((await row.getAttribute("data-vscode-context"))!) as Record<string, unknown>;
}

/** How far it has been moved to the right, in CSS pixels. */
function transformOf(element: Locator): Promise<number> {
  return element.evaluate((element) => new DOMMatrix(getComputedStyle(element).transform).e);
}

function assertNear(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) < 0.01, `${actual} is not about ${expected}`);
}

/** Where a canvas has each of the colours of the theme above: how many pixels, between which shares of its width. */
function pixelsOf(canvas: Locator) {
  return canvas.evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
    const isColor: Record<string, (red: number, green: number, blue: number) => boolean> = {
      wave: (red, green, blue) => green > 150 && red < 20 && blue < 20,
      silence: (red, green, blue) => blue > 150 && red < 20 && green < 20,
      clipped: (red, green, blue) => red > 150 && green < 20 && blue < 20,
      played: (red, green, blue) => red > 150 && green < 20 && blue > 150,
    };
    const find = (name: string) => {
      const found = { count: 0, from: 1, to: 0 };
      for (let at = 0; at < data.length; at += 4) {
        if (!data[at + 3] || !isColor[name]!(data[at]!, data[at + 1]!, data[at + 2]!)) continue;
        const share = ((at / 4) % width) / width;
        found.count++;
        found.from = Math.min(found.from, share);
        found.to = Math.max(found.to, share);
      }
      return found;
    };
    return {
      drawn: data.filter((value, at) => at % 4 === 3 && value > 0).length,
      wave: find("wave"),
      silence: find("silence"),
      clipped: find("clipped"),
      played: find("played"),
    };
  });
}
