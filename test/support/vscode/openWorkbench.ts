import { createWriteStream } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import type { Autoplay } from "./chromium.ts";
import { outFolder } from "../paths.ts";
import { holdVscode, requireBrowser, requireVscode } from "./runningVscode.ts";
import * as vscodeServer from "./vscodeServer.ts";
import type { Settings, VscodeServer } from "./vscodeServer.ts";
import { findWebviews } from "./webviews.ts";
import type { Webview } from "./webviews.ts";

/** How long the workbench may take for anything a person would wait for, in ms: a busy machine takes its time. */
const PATIENCE = 60_000;

/** How long a window may take to be there, in ms: a machine with much to do is slowest then. */
const START = 90_000;

/** How long one of the attempts that fit into that may take, in ms. */
const ATTEMPT = 10_000;

/** The workbenches that are open now: a failed test leaves a screenshot of each. */
export const openWorkbenches = new Set<Workbench>();
let opened = 0;

/** In pixels. */
const SIZE = { width: 1280, height: 800, scale: 1 };

export interface WorkbenchOptions {
  /** The folder that is opened. */
  readonly folder: string;
  /** A file of it that is opened too. */
  readonly file?: string;
  /** Laid over quiet defaults: nothing saves, opens or asks by itself. */
  readonly settings?: Settings;
  /** Whether the folder is trusted; true when left out. */
  readonly trusted?: boolean;
  /** When a page may play sound; as on the desktop (`click`) when left out. */
  readonly autoplay?: Autoplay;
  /** The language that extensions speak, such as `de`; English when left out. */
  readonly language?: string;
  /** The window's size in CSS pixels, and how many of the screen's pixels one of them has; 1280 by 800, and 1, when left out. */
  readonly size?: { readonly width: number; readonly height: number; readonly scale: number };
}

/**
 * Opens a window of a real VS Code with the packed extension in a headless Chromium: it has its own memory, secrets and settings.
 * Those of one process are of the same VS Code.
 * @throws when VS Code, Chromium or the packed extension cannot be had
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const release = holdVscode();
  try {
    const { server, profile } = await requireVscode();
    const settings: Settings = {
      "security.workspace.trust.enabled": options.trusted === false,
      ...options.settings,
    };
    await vscodeServer.replaceUserSettings(profile, settings);
    const browser = await requireBrowser(options.autoplay ?? "click");
    const { language } = options;
    const { scale, ...viewport } = options.size ?? SIZE;
    const page = await browser.newPage({
      viewport,
      deviceScaleFactor: scale,
      reducedMotion: "reduce", // nothing that turns costs processor, or makes two pictures of one state
      ...(language && { locale: language }),
    });
    page.setDefaultTimeout(PATIENCE);
    const workbench = new Workbench({ page, server, profile, settings, release });
    openWorkbenches.add(workbench);
    await workbench.show(options.folder, options.file).catch(async (cause: unknown) => {
      const picture = await workbench.screenshot("workbench-not-shown");
      await workbench.close();
      throw new Error(`VS Code did not show itself: ${picture}, logs in ${profile}`, { cause });
    });
    return workbench;
  } catch (error) {
    await release();
    throw error;
  }
}

/** A running VS Code, as a person has it before them. Offers what a person does; `page` offers the rest. */
export class Workbench {
  readonly page: Page;
  /** The folder of its user data, extensions and logs. */
  readonly profile: string;
  readonly #server: VscodeServer;
  readonly #release: () => Promise<void>;
  #settings: Settings;

  constructor(parts: {
    readonly page: Page;
    readonly server: VscodeServer;
    readonly profile: string;
    readonly settings: Settings;
    readonly release: () => Promise<void>;
  }) {
    this.page = parts.page;
    this.#server = parts.server;
    this.profile = parts.profile;
    this.#release = parts.release;
    this.#settings = parts.settings;
    const log = createWriteStream(join(this.profile, `page-${++opened}.log`));
    this.page.on("console", (message) => log.write(`${message.text()}\n`));
  }

  /** Opens a folder, and a file of it, in this window, and waits until they are shown. */
  async show(folder: string, file?: string): Promise<void> {
    const payload: [string, string][] = [];
    if (file) payload.push(["openFile", vscodeServer.remoteUri(this.#server, file)]);
    const address = vscodeServer.workbenchAddress(this.#server, folder, payload);
    await this.page.goto(address, { timeout: START });
    await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout: START });
    if (file) await this.waitForEditor(basename(file));
  }

  /** Runs a command through the command palette, by its full title ("Scripted Speech: Stop"). */
  async runCommand(title: string): Promise<void> {
    const complaint = `The palette has no command "${title}".`;
    await this.#retry(complaint, () => this.#findInQuickInput("F1", `>${title}`, title));
    await this.#quickInputRow(title).click();
  }

  /** The titles that the palette offers for a text that is typed into it. */
  async searchCommands(text: string): Promise<string[]> {
    await this.#fillQuickInput("F1", `>${text}`);
    await this.page.locator(".quick-input-list .monaco-list-row").first().waitFor();
    const titles = await this.page.locator(".quick-input-list .label-name").allInnerTexts();
    await this.page.keyboard.press("Escape");
    return titles;
  }

  /** Opens a file by its path, through quick open, and waits until its editor is the active one. */
  async openFile(file: string): Promise<void> {
    const name = basename(file);
    const complaint = `Quick open does not find ${file}.`;
    await this.#retry(complaint, () => this.#findInQuickInput("ControlOrMeta+P", file, name));
    await this.#quickInputRow(name).click();
    await this.waitForEditor(name);
  }

  /** Waits until the text editor of this name is the active one and shows its text. */
  async waitForEditor(name: string): Promise<void> {
    const group = this.page.locator(".editor-group-container.active");
    const tab = group.locator(`.tab.active[data-resource-name="${name}"]`);
    await tab.waitFor();
    await group.locator(".view-line").first().waitFor();
  }

  /** The lines that the active text editor shows, or the one of this name, from the top. */
  async editorLines(name?: string): Promise<string[]> {
    const which =
      name === undefined ? ".active" : `:has(.tab.active[data-resource-name="${name}"])`;
    const lines = this.page.locator(`.editor-group-container${which} .view-lines .view-line`);
    const found = await lines.evaluateAll((elements) =>
      elements.map((element) => ({
        top: Number.parseFloat((element as HTMLElement).style.top),
        text: element.textContent.replaceAll("\u00a0", " "),
      })),
    );
    return found.sort((a, b) => a.top - b.top).map(({ text }) => text);
  }

  /** The first webview whose title is fitting, once it is shown. */
  async webview(isWanted: (title: string) => boolean): Promise<Webview> {
    return this.#retry("The webview is not shown.", async () => {
      const webviews = await findWebviews(this.page);
      const wanted = webviews.find(({ title }) => isWanted(title));
      if (wanted) return wanted;
      throw new Error(`Shown are: ${webviews.map(({ title }) => title).join(", ") || "none"}.`);
    });
  }

  /** The texts of the notifications that are shown now. */
  async notifications(): Promise<string[]> {
    return this.page.locator(".notification-toast .notification-list-item-message").allInnerTexts();
  }

  /** Lays user settings over those it has. */
  changeSettings(settings: Settings): Promise<void> {
    return this.replaceSettings({ ...this.#settings, ...settings });
  }

  /**
   * Gives it these user settings over our quiet ones, by editing their file in VS Code as a person would: it does not see, in
   * the browser, when somebody else writes that file.
   */
  async replaceSettings(settings: Settings): Promise<void> {
    this.#settings = settings;
    await this.runCommand("Preferences: Open User Settings (JSON)");
    await this.waitForEditor("settings.json");
    const { keyboard } = this.page;
    await keyboard.press("ControlOrMeta+A");
    await keyboard.insertText(JSON.stringify({ ...vscodeServer.QUIET, ...settings }));
    await keyboard.press("ControlOrMeta+Shift+End"); // what the editor has closed by itself
    await keyboard.press("Delete");
    await keyboard.press("ControlOrMeta+S");
    const tab = this.page.locator('.tab.active[data-resource-name="settings.json"]');
    await tab.and(this.page.locator(":not(.dirty)")).waitFor();
    await this.runCommand("View: Close Editor");
    await tab.waitFor({ state: "detached" });
  }

  /** Leaves nothing open, running or said, and saves what is not. */
  async tidy(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.page.keyboard.press("Control+Alt+Backspace"); // the extension's own key for that, where something runs
    await this.runCommand("File: Save All Files");
    await this.runCommand("View: Close All Editors");
    await this.page.locator(".tab").first().waitFor({ state: "detached" });
    // A page goes a moment after its tab: whoever looked for one of the same title would find it.
    await this.page.locator("iframe.webview").first().waitFor({ state: "detached" });
    await this.runCommand("Notifications: Clear All Notifications");
    await this.page.setViewportSize(SIZE);
  }

  /** Loads the window anew, as *Developer: Reload Window* does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout: START });
  }

  /** Takes a picture. @returns the path of the PNG file in `out/screenshots` */
  async screenshot(name: string): Promise<string> {
    const path = join(outFolder, "screenshots", `${name.replace(/[^\w.-]+/g, "-")}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async close(): Promise<void> {
    openWorkbenches.delete(this);
    // A page that is left takes its extension host with it; one that is only gone might come back.
    await this.page.goto("about:blank").catch(() => undefined);
    await this.page.context().close();
    await this.#release();
  }

  async #fillQuickInput(key: string, text: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget:visible input[type=text]");
    // One that is open already would keep what it listed before.
    if (await input.isVisible()) await this.page.keyboard.press("Escape");
    await this.page.keyboard.press(key);
    await input.fill(text, { timeout: ATTEMPT });
  }

  /** Types a text into an input that a key opens, until it lists a row of this label. */
  async #findInQuickInput(key: string, text: string, label: string): Promise<void> {
    await this.#fillQuickInput(key, text);
    await this.#quickInputRow(label).waitFor({ timeout: ATTEMPT });
  }

  /** The row with this label; VS Code says more of a row behind it, such as its keys, or the folder of a file. */
  #quickInputRow(label: string) {
    const row = ".quick-input-list .monaco-list-row";
    const wanted = [`=${JSON.stringify(label)}`, `^=${JSON.stringify(`${label}, `)}`];
    if (label.includes(".")) wanted.push(`^=${JSON.stringify(`${label} `)}`);
    return this.page.locator(wanted.map((how) => `${row}[aria-label${how}]`).join()).first();
  }

  /** Tries until it succeeds: the workbench fills its lists and frames in its own time. */
  async #retry<T>(complaint: string, attempt: () => Promise<T>): Promise<T> {
    const end = Date.now() + PATIENCE;
    for (;;) {
      try {
        return await attempt();
      } catch (cause) {
        if (Date.now() > end) throw new Error(complaint, { cause });
        await delay(200);
      }
    }
  }
}
