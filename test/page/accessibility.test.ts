import assert from "node:assert/strict";
import axe from "axe-core";
import type { Browser } from "playwright-core";
import { encodeWav } from "../../src/audio/wav.ts";
import { clipStates } from "../../src/panel/messages.ts";
import type { ClipView } from "../../src/panel/messages.ts";
import { launchChromium } from "../support/vscode/chromium.ts";
import { PanelPage } from "./panelPage.ts";
import { applyTheme, readThemes, usedVariables } from "./themes.ts";
import type { Theme } from "./themes.ts";

const sampleRate = 22050;
const format = { encoding: "pcm_s16le", sampleRate } as const;

/** The rules of axe that a theme can change the answer of. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

describe("The accessibility of the panel's page", function () {
  this.timeout(60_000);
  let browser: Browser;
  let panel: PanelPage;
  let themes: readonly Theme[];

  before(async () => {
    browser = await launchChromium("browser");
    themes = await readThemes();
  });

  after(() => browser?.close());

  beforeEach(async () => {
    panel = await PanelPage.open(browser);
  });

  afterEach(() => panel.close());

  const show: PanelPage["show"] = (...shown) => panel.show(...shown);

  /** A run of these segments; the audio of each comes whole, and is so long. */
  function run(segments: readonly number[], seconds: number): void {
    panel.send({ type: "runStarted", run: 1, format, segments });
    for (const segment of segments) {
      panel.send({ type: "audio", run: 1, segment, bytes: tone(seconds) });
      panel.send({ type: "audioEnded", run: 1, segment });
    }
  }

  function button(name: string) {
    return panel.page.getByRole("button", { name, exact: true });
  }

  const states: Readonly<Record<string, () => Promise<void>>> = {
    "without a segment": async () => show([]),
    "before the first run, without a marker and a key": async () =>
      show([clipOf(0, "not spoken")], { unmarked: true, keyless: true }),
    "with a clip of every state": async () => show(clipsOfAllStates, { storedIn: "/storage" }),
    "with sound refused": async () => {
      show([clipOf(0, "queued")]);
      run([0], 1);
      await panel.delivered();
      await button("Enable sound").waitFor();
    },
    "while a run is heard": async () => {
      show(clipsOfAllStates, { running: true });
      await button("Loop segment").click();
      run([clipStates.indexOf("speaking")], 20);
      await panel.page.locator("[aria-current=true]").waitFor();
    },
    "with takes open, one of them heard, locks and what a press costs": async () => {
      panel.files.set("/take.wav", encodeWav({ format, samples: tone(30) }));
      show(clipsWithTakes, { cost: { characters: 1234, credits: 1230 } });
      for (const [at] of clipsWithTakes.entries()) {
        const takes = button(`Takes of segment ${at + 1} (2)`);
        if (await takes.count()) await takes.click();
      }
      await button("Play take 1 of segment 4").click();
      await button("Pause take 1 of segment 4").waitFor();
    },
    "with the keys shown": async () => {
      show(clipsOfAllStates);
      await button("Show keyboard shortcuts").click();
    },
    "with a clip that can't be played": async () => {
      show(clipsOfAllStates);
      await button("Play segment 4").click();
      await panel.page.getByText("Segment 4 can't be played.").waitFor();
    },
  };

  for (const [state, bringAbout] of Object.entries(states)) {
    it(`leaves axe nothing to find ${state}, in every kind of theme`, async () => {
      // Of what is not in view axe says nothing.
      await panel.page.setViewportSize({ width: 500, height: 1200 });
      await bringAbout();
      await panel.delivered();
      for (const [at, theme] of themes.entries()) {
        await applyTheme(panel.page, theme);
        // A theme changes colours alone: what is no matter of them is looked at in the first.
        const problems = await findProblems(panel, at > 0 ? COLOUR_RULES : undefined);
        assert.deepEqual(problems, [], theme.name);
      }
    });
  }

  it("is looked at with every variable of the themes that its style sheets use", async () => {
    const used = await usedVariables();
    for (const { name, variables } of themes) {
      assert.deepEqual(Object.keys(variables).sort(), used, `${name}: run readThemes.ts`);
    }
  });

  it("shows where the focus is, wherever Tab takes it", async () => {
    show(clipsWithTakes, { unmarked: true, storedIn: "/storage" });
    await button("Takes of segment 1 (2)").click();
    for (const theme of themes) {
      await applyTheme(panel.page, theme);
      assert.deepEqual(await tabThrough(panel), { unseen: [] }, theme.name);
    }
  });

  it("announces a run's start and end, and nothing while something sounds", async () => {
    show([0, 1, 2].map((segment) => clipOf(segment, "not spoken")));
    await button("Preview script").click();
    await panel.page.evaluate(() => {
      const told: string[] = [];
      Object.assign(window, { told });
      for (const region of document.querySelectorAll("[aria-live], [role=status], [role=alert]")) {
        new MutationObserver(() => told.push((region as HTMLElement).innerText)).observe(region, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
      }
    });
    run([0, 1, 2], 0.3);
    for (const segment of [0, 1, 2]) {
      panel.files.set(`/${segment}.wav`, encodeWav({ format, samples: tone(0.3) }));
      const clip = { ...clipOf(segment, "ready"), seconds: 0.3, src: `/${segment}.wav` };
      panel.send({ type: "clip", clip });
    }
    await panel.until(() => panel.posted.filter(({ type }) => type === "heard").length > 3);
    panel.send({ type: "runEnded", run: 1 });
    await panel.page.getByText("Preview ended: 3 ready.").waitFor({ state: "attached" });
    const told = await panel.page.evaluate(() => (window as unknown as { told: string[] }).told);
    const said = told.filter((text, at) => text.trim() !== "" && text !== told[at - 1]);
    assert.deepEqual(said, ["Preview started.", "Preview ended: 3 ready."]);
  });

  it("says it all in German, to a screen reader too, and loses nothing in a narrow panel", async () => {
    await panel.close();
    panel = await PanelPage.open(browser, { language: "de" });
    show(clipsWithTakes, { cost: { characters: 1234, credits: 1230 }, unmarked: true });
    await button("Takes von Segment 4 (2)").click();
    await button("Im Zusammenhang neu sprechen (Segment 4)").waitFor();
    const ready = panel.page.getByRole("listitem", { name: "Segment 4, bereit, gesperrt, 3,4" });
    assert.match((await ready.getAttribute("aria-label"))!, /^Segment 4, .* 3,4 Sekunden$/);
    const cost = "sendet 1.234 Zeichen, etwa 1.230 Credits";
    assert.match(await panel.page.locator("header").innerText(), new RegExp(cost));
    assert.deepEqual(await findProblems(panel), []);
    await panel.page.keyboard.press("?");
    await panel.page.getByRole("row", { name: "Leertaste Das Segment abspielen" }).waitFor();
    for (const width of [300, 150]) {
      await panel.page.setViewportSize({ width, height: 600 });
      assert.deepEqual(await findOverflowing(panel), []);
    }
  });

  for (const width of [300, 150]) {
    it(`loses nothing and needs no sideways scrolling ${width} pixels wide`, async () => {
      await panel.page.setViewportSize({ width, height: 600 });
      const cost = { characters: 1234567, credits: 1234567 };
      const title = "a_long_name_of_a_script.speech.md";
      show(clipsWithTakes, { title, unmarked: true, cost });
      await panel.page.locator("#segment-4").scrollIntoViewIfNeeded();
      await button("Takes of segment 4 (2)").click();
      assert.deepEqual(await findOverflowing(panel), []);
      await button("Show keyboard shortcuts").click();
      assert.deepEqual(await findOverflowing(panel), []);
    });
  }

  it("leaves the list its room in a low panel", async () => {
    await panel.page.setViewportSize({ width: 320, height: 200 });
    show(clipsOfAllStates, { unmarked: true, keyless: true, storedIn: "/storage" });
    const list = panel.page.getByRole("list", { name: "Segments" });
    await list.waitFor();
    assert.ok((await list.boundingBox())!.height >= 120);
    await panel.page.getByRole("listitem").last().scrollIntoViewIfNeeded();
  });

  it("keeps still for those who want less motion", async () => {
    show([clipOf(0, "speaking")]);
    const moving = () =>
      panel.page.evaluate(
        () => document.getAnimations().filter((one) => one.playState === "running").length,
      );
    await panel.page.getByRole("listitem").waitFor();
    assert.equal(await moving(), 1);
    await panel.page.emulateMedia({ reducedMotion: "reduce" });
    assert.equal(await moving(), 0);
    await panel.page.emulateMedia({ reducedMotion: "no-preference" });
    await panel.page.evaluate(() => document.body.classList.add("vscode-reduce-motion"));
    assert.equal(await moving(), 0, "as VS Code's own setting says it");
  });
});

const clipsOfAllStates: readonly ClipView[] = clipStates.map((state, segment) => ({
  ...clipOf(segment, state),
  ...(state === "ready" && { seconds: 3.4, src: `/${segment}.wav` }),
  ...(state === "changed" && { seconds: 61, src: `/${segment}.wav` }),
  ...(state === "failed" && { reason: "The service is out of credits." }),
  ...(state === "incomplete" && { reason: "The service did not send the end." }),
}));

const clipsWithTakes: readonly ClipView[] = clipsOfAllStates.map((clip) => ({
  ...clip,
  ...(clip.state !== "nothing to say" && {
    toSend: 53,
    takes: ["b", "a"].map((id, at) => ({
      id,
      src: "/take.wav",
      seconds: 30,
      spokenAt: new Date(Date.now() - at * 3_600_000).toISOString(),
      voice: "A voice with a rather long name",
    })),
  }),
  ...(clip.src !== undefined && { locked: true, voice: "Katie" }),
}));

function clipOf(segment: number, state: ClipView["state"]): ClipView {
  return {
    segment,
    index: segment,
    transcript: `Text of segment ${segment + 1}, which is a little longer.`,
    state,
  };
}

/** Mono, 16 bit. */
function tone(seconds: number): Uint8Array<ArrayBuffer> {
  const length = Math.round(seconds * sampleRate);
  return new Uint8Array(Int16Array.from({ length }, (_, at) => (at % 99) * 99).buffer);
}

/** What axe finds by all its rules, or by these: the rule, and where. */
async function findProblems({ page }: PanelPage, rules?: string[]): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (rules) => {
    const { axe: found } = window as unknown as { axe: typeof axe };
    const { violations } = await found.run(rules ? { runOnly: rules } : {});
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
  }, rules);
}

/** Presses Tab from the page's start to its end. @returns what had the focus, and no outline that is seen */
async function tabThrough({ page }: PanelPage): Promise<{ unseen: string[] }> {
  await page.locator("h1").click(); // from there Tab begins
  const unseen: string[] = [];
  const met = new Set<string>();
  for (;;) {
    await page.keyboard.press("Tab");
    const { name, seen } = await page.evaluate(() => {
      const focused = document.activeElement!;
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(focused);
      const seen =
        outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && !outlineColor.endsWith(", 0)");
      return { name: focused === document.body ? "" : focused.outerHTML, seen };
    });
    if (name === "" || met.has(name)) break;
    met.add(name);
    if (!seen) unseen.push(name);
  }
  assert.ok(met.size > 10, `Tab came to ${met.size} elements`);
  return { unseen };
}

/** Texts and controls that reach beyond the page's sides, and the page where it is to be scrolled sideways. */
function findOverflowing({ page }: PanelPage): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const isBeyond = ({ left, right, width }: DOMRect): boolean =>
      width > 0 && (left < -0.5 || right > clientWidth + 0.5);
    const found = scrollWidth > clientWidth ? [`The page is ${scrollWidth} wide.`] : [];
    for (const element of document.querySelectorAll("body *:not(option)")) {
      const isForReaders = getComputedStyle(element).clipPath === "inset(50%)";
      if (!element.checkVisibility() || isForReaders) continue;
      const range = document.createRange();
      const rects = [...element.childNodes].flatMap((node) => {
        range.selectNodeContents(node);
        return node instanceof Text ? [...range.getClientRects()] : [];
      });
      if (element.matches("button, input, select, dialog, canvas")) {
        rects.push(element.getBoundingClientRect());
      }
      if (rects.some(isBeyond)) found.push(element.outerHTML.slice(0, 100));
    }
    return found;
  });
}
