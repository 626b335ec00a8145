import { mkdir, mkdtemp } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import type { Autoplay } from "./chromium.ts";
import { vsixFile } from "../../tools/packExtension.ts";
import { outFolder } from "../paths.ts";
import { installVsix, startVscodeServer } from "./vscodeServer.ts";
import type { VscodeServer } from "./vscodeServer.ts";

/** VS Code's server with the packed extension, for one window after the other. */
export interface RunningVscode {
  readonly server: VscodeServer;
  /** The folder of its user data, extensions and logs. */
  readonly profile: string;
}

let holders = 0;
let running: Promise<RunningVscode> | undefined;
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
    if (running) started.push(running.then(({ server }) => server.stop()));
    browsers.clear();
    running = undefined;
    await Promise.allSettled(started); // what did not start has no end
  };
}

/**
 * The server; started where none runs.
 * @throws when VS Code or the packed extension cannot be had
 */
export function requireVscode(): Promise<RunningVscode> {
  if (running) return running;
  const starting = startVscode();
  const forget = (): void => {
    if (running === starting) running = undefined;
  };
  starting.then(({ server }) => server.ended).then(forget, forget);
  running = starting;
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

async function startVscode(): Promise<RunningVscode> {
  const profiles = join(outFolder, "profiles");
  await mkdir(profiles, { recursive: true });
  const profile = await mkdtemp(join(profiles, "workbench-"));
  await installVsix({ vsix: vsixFile, profile });
  // A key of ours would be sent to whatever a test takes for the service.
  const env = { CARTESIA_API_KEY: undefined };
  const server = await startVscodeServer({ profile, env, languages: ["de"] });
  return { server, profile };
}
