import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import type { Autoplay } from "./chromium.ts";
import { vsixFile } from "./packExtension.ts";
import { outFolder } from "./paths.ts";
import { installVsix, startVscodeServer } from "./vscodeServer.ts";
import type { VscodeServer } from "./vscodeServer.ts";

/** VS Code's server with the packed extension, for one window after the other. */
export interface RunningVscode {
  readonly server: VscodeServer;
  /** The folder of its user data, extensions and logs. */
  readonly profile: string;
}

let holders = 0;
/** By the language that extensions speak in it; English under none. */
const running = new Map<string | undefined, Promise<RunningVscode>>();
const browsers = new Map<Autoplay, Promise<Browser>>();

/**
 * Keeps what `requireVscode` and `requireBrowser` start, until the last who holds it has released it: to start it costs seconds.
 * @returns releases it; a second time does nothing
 */
export function holdVscode(): () => Promise<void> {
  let isHeld = true;
  holders++;
  return async () => {
    if (!isHeld) return;
    isHeld = false;
    if (--holders > 0) return;
    const started = [...browsers.values()].map(async (browser) => (await browser).close());
    for (const vscode of running.values()) {
      started.push(vscode.then(({ server }) => server.stop()));
    }
    browsers.clear();
    running.clear();
    await Promise.allSettled(started); // what did not start has no end
  };
}

/**
 * The server with extensions that speak a language, such as `de`, or else English; started where none runs.
 * @throws when VS Code or the packed extension cannot be had
 */
export function requireVscode(language?: string): Promise<RunningVscode> {
  const known = running.get(language);
  if (known) return known;
  const starting = startVscode(language);
  const forget = (): void => {
    if (running.get(language) === starting) running.delete(language);
  };
  starting.then(({ server }) => server.ended).then(forget, forget);
  running.set(language, starting);
  return starting;
}

/**
 * A browser with this policy, which it has as a whole; started where none runs.
 * @throws when Chromium cannot be had
 */
export function requireBrowser(autoplay: Autoplay): Promise<Browser> {
  const known = browsers.get(autoplay);
  if (known) return known;
  const starting = launchChromium(autoplay);
  const forget = (): void => {
    if (browsers.get(autoplay) === starting) browsers.delete(autoplay);
  };
  starting.then((browser) => browser.on("disconnected", forget), forget);
  browsers.set(autoplay, starting);
  return starting;
}

async function startVscode(language: string | undefined): Promise<RunningVscode> {
  const profiles = join(outFolder, "profiles");
  await mkdir(profiles, { recursive: true });
  const profile = await mkdtemp(join(profiles, "workbench-"));
  await installVsix({ vsix: vsixFile, profile });
  // A key of ours would be sent to whatever a test takes for the service.
  const env = { CARTESIA_API_KEY: undefined };
  const server = await startVscodeServer({ profile, env, ...(language && { language }) });
  return { server, profile };
}
