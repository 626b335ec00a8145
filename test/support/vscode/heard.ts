import type { Frame } from "playwright-core";

/** How long what is expected to be heard may take, in ms. */
const PATIENCE = 90_000;

interface Notes {
  /** What was heard, in order: `segment 2`, `word harbour`, `silence`. */
  heard?: string[];
}

/**
 * What a panel has marked as heard since it was listened to: nothing of it is missed, however late somebody looks. A word and a
 * segment that is heard for half a second may be over before a test on a busy machine comes to see it.
 */
export class Listener {
  readonly #panel: Frame;

  private constructor(panel: Frame) {
    this.#panel = panel;
  }

  /** Listens to a panel from now on. To the browser this is a click in the panel: it may make sound. */
  static async to(panel: Frame): Promise<Listener> {
    await panel.evaluate(noteHeard);
    return new Listener(panel);
  }

  /** Waits until this was heard since it was listened to; fails with what was. */
  async until(what: string): Promise<void> {
    await this.#panel
      .waitForFunction(
        (wanted) => (window as unknown as Notes).heard?.includes(wanted),
        what,
        // A page that is not seen draws no frames, by which Playwright would look.
        { polling: 100, timeout: PATIENCE },
      )
      .catch(async (cause: unknown) => {
        throw new Error(`never: ${what}; heard: ${(await this.heard()).join(", ")}`, { cause });
      });
  }

  /** What was heard, in order. */
  heard(): Promise<readonly string[]> {
    return this.#panel.evaluate(() => (window as unknown as Notes).heard ?? []);
  }

  /** The words that were marked, in order. */
  async words(): Promise<readonly string[]> {
    const word = "word ";
    const heard = await this.heard();
    return heard.flatMap((what) => (what.startsWith(word) ? [what.slice(word.length)] : []));
  }

  /** Waits until nothing sounds. */
  async silence(): Promise<void> {
    await this.#panel.waitForFunction(() => !document.querySelector("[aria-current=true]"), null, {
      polling: 100,
      timeout: PATIENCE,
    });
  }
}

/** Waits until a panel that was told to sound does, or asks for the click that a browser wants first, and gives it. */
export async function enableSound(panel: Frame): Promise<void> {
  const wants = panel.getByRole("button", { name: "Enable sound" });
  const heard = panel.locator("[aria-current=true]").first();
  await wants.or(heard).first().waitFor({ timeout: PATIENCE });
  if (await wants.isVisible()) await wants.click();
  await heard.waitFor({ timeout: PATIENCE });
}

/** Runs in the panel's page. */
function noteHeard(): void {
  const notes = window as unknown as Notes & { observer?: MutationObserver };
  notes.observer?.disconnect();
  const heard: string[] = [];
  notes.heard = heard;
  let [segment, word] = ["", ""];
  const look = (): void => {
    const row = document.querySelector<HTMLElement>("[aria-current=true]");
    const number = Number(row?.dataset["segment"]) + 1;
    const sounding = row ? `segment ${number}` : segment === "" ? "" : "silence";
    if (sounding !== segment && sounding !== "") heard.push(sounding);
    segment = sounding;
    const marked = document.querySelector(".word.heard")?.textContent ?? "";
    if (marked !== word && marked !== "") heard.push(`word ${marked}`);
    word = marked;
  };
  look();
  notes.observer = new MutationObserver(look);
  notes.observer.observe(document.body, { subtree: true, childList: true, attributes: true });
}
