import { mkdir, mkdtemp } from "node:fs/promises";
import { createWriteStream } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import type { Autoplay } from "./chromium.ts";
import { vsixFile } from "./packExtension.ts";
import { outFolder } from "./paths.ts";
import * as vscodeServer from "./vscodeServer.ts";
import type { Settings, VscodeServer } from "./vscodeServer.ts";
import { findWebviews } from "./webviews.ts";
import type { Webview } from "./webviews.ts";

/** How long the workbench may take for anything a person would wait for, in ms. */
const PATIENCE = 30_000;

/** How long one of the attempts that fit into that may take, in ms. */
const ATTEMPT = 3_000;

/** The workbenches that are open now: a failed test leaves a screenshot of each. */
export const openWorkbenches = new Set<Workbench>();

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
  /** What the extension host's environment has besides ours. */
  readonly env?: NodeJS.ProcessEnv;
  /** The language that extensions speak, such as `de`; English when left out. */
  readonly language?: string;
}

/**
 * Opens a real VS Code with the packed extension and a profile of its own in a headless Chromium.
 * @throws when VS Code, Chromium or the packed extension cannot be had
 */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const profiles = join(outFolder, "profiles");
  await mkdir(profiles, { recursive: true });
  const profile = await mkdtemp(join(profiles, "workbench-"));
  await vscodeServer.writeUserSettings(profile, {
    "security.workspace.trust.enabled": options.trusted === false,
    ...options.settings,
  });
  await vscodeServer.installVsix({ vsix: vsixFile, profile });
  const server = await vscodeServer.startVscodeServer({
    profile,
    ...(options.env && { env: options.env }),
    ...(options.language && { language: options.language }),
  });
  const browser = await launchChromium(options.autoplay ?? "click").catch(
    async (error: unknown) => {
      await server.stop();
      throw error;
    },
  );
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const workbench = new Workbench({ page, browser, server, profile });
  openWorkbenches.add(workbench);
  try {
    await workbench.show(options.folder, options.file);
    return workbench;
  } catch (cause) {
    const picture = await workbench.screenshot("workbench-not-shown");
    await workbench.close();
    throw new Error(`VS Code did not show itself: ${picture}, logs in ${profile}`, { cause });
  }
}

/** A running VS Code, as a person has it before them. Offers what a person does; `page` offers the rest. */
export class Workbench {
  readonly page: Page;
  /** The folder of its user data, extensions and logs. */
  readonly profile: string;
  readonly #browser: Browser;
  readonly #server: VscodeServer;

  constructor(parts: {
    readonly page: Page;
    readonly browser: Browser;
    readonly server: VscodeServer;
    readonly profile: string;
  }) {
    this.page = parts.page;
    this.#browser = parts.browser;
    this.#server = parts.server;
    this.profile = parts.profile;
    const log = createWriteStream(join(this.profile, "page.log"));
    this.page.on("console", (message) => log.write(`${message.text()}\n`));
  }

  /** Opens a folder, and a file of it, in this window, and waits until they are shown. */
  async show(folder: string, file?: string): Promise<void> {
    const payload: [string, string][] = [];
    if (file) payload.push(["openFile", vscodeServer.remoteUri(this.#server, file)]);
    await this.page.goto(vscodeServer.workbenchAddress(this.#server, folder, payload));
    await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout: PATIENCE });
    if (file) await this.waitForEditor(basename(file));
  }

  /** Runs a command through the command palette, by its full title ("Scripted Speech: Stop"). */
  async runCommand(title: string): Promise<void> {
    await this.#retry(`The palette has no command "${title}".`, async () => {
      await this.#fillQuickInput("F1", `>${title}`);
      await this.#quickInputRow(title).click({ timeout: ATTEMPT });
    });
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
    await this.#retry(`Quick open does not find ${file}.`, async () => {
      await this.#fillQuickInput("ControlOrMeta+P", file);
      await this.#quickInputRow(basename(file)).click({ timeout: ATTEMPT });
    });
    await this.waitForEditor(basename(file));
  }

  /** Waits until the text editor of this name is the active one and shows its text. */
  async waitForEditor(name: string): Promise<void> {
    const group = this.page.locator(".editor-group-container.active");
    const tab = group.locator(`.tab.active[data-resource-name="${name}"]`);
    await tab.waitFor({ timeout: PATIENCE });
    await group.locator(".view-line").first().waitFor({ timeout: PATIENCE });
  }

  /** The lines that the active text editor shows, from the top. */
  async editorLines(): Promise<string[]> {
    const lines = this.page.locator(".editor-group-container.active .view-lines .view-line");
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

  /**
   * Lays user settings over those it has, by editing their file in VS Code as a person would: it
   * does not see, in the browser, when somebody else writes that file.
   */
  async changeSettings(settings: Settings): Promise<void> {
    const merged = { ...(await vscodeServer.readUserSettings(this.profile)), ...settings };
    await this.runCommand("Preferences: Open User Settings (JSON)");
    await this.waitForEditor("settings.json");
    const { keyboard } = this.page;
    await keyboard.press("ControlOrMeta+A");
    await keyboard.insertText(JSON.stringify(merged));
    await keyboard.press("ControlOrMeta+S");
    const tab = this.page.locator('.tab.active[data-resource-name="settings.json"]');
    await tab.and(this.page.locator(":not(.dirty)")).waitFor({ timeout: PATIENCE });
    await this.runCommand("View: Close Editor");
    await tab.waitFor({ state: "detached", timeout: PATIENCE });
  }

  /** Loads the window anew, as *Developer: Reload Window* does. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.page.locator(".monaco-workbench .statusbar").waitFor({ timeout: PATIENCE });
  }

  /** Takes a picture. @returns the path of the PNG file in `out/screenshots` */
  async screenshot(name: string): Promise<string> {
    const path = join(outFolder, "screenshots", `${name.replace(/[^\w.-]+/g, "-")}.png`);
    await this.page.screenshot({ path });
    return path;
  }

  async close(): Promise<void> {
    openWorkbenches.delete(this);
    await this.#browser.close();
    await this.#server.stop();
  }

  async #fillQuickInput(key: string, text: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget:visible input[type=text]");
    // One that is open already would keep what it listed before.
    if (await input.isVisible()) await this.page.keyboard.press("Escape");
    await this.page.keyboard.press(key);
    await input.fill(text, { timeout: ATTEMPT });
  }

  /** The row with this label; VS Code says more of a row after a comma, such as its keys. */
  #quickInputRow(label: string) {
    const row = ".quick-input-list .monaco-list-row";
    const [alone, first] = [JSON.stringify(label), JSON.stringify(`${label}, `)];
    return this.page.locator(`${row}[aria-label=${alone}], ${row}[aria-label^=${first}]`).first();
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
