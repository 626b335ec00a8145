import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";
import type { Browser } from "playwright-core";
import { runProcess } from "../processes.ts";

/** Those come first that have no window of their own to draw: a page takes half the processor there. */
const PROGRAMS = [
  "chromium-headless-shell",
  "chrome-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];

/** Chromium, the first that there is, and a font: a bare machine has none, and text without one has no size. */
const DEBIAN_PACKAGES = ["chromium-headless-shell", "chromium"];
const FONT = "fonts-liberation";

const ELSEWHERE = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** The flags a container and a closed network need; none of them changes what a page may do. */
const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * When a page may start to play sound:
 * - `click`: after a click or a key press in the very page, as in VS Code on the desktop;
 * - `browser`: as in a person's browser, where any click in the workbench does;
 * - `always`: at once, as nowhere.
 */
export type Autoplay = "click" | "browser" | "always";

const AUTOPLAY: Readonly<Record<Autoplay, readonly string[]>> = {
  click: ["--autoplay-policy=user-gesture-required"],
  browser: [],
  always: ["--autoplay-policy=no-user-gesture-required"],
};

/**
 * Starts a headless Chromium: `CHROMIUM_PATH`, or one on the PATH, or Debian's, installed now.
 * @throws when there is none and none can be installed; the message says what to run
 */
export async function launchChromium(autoplay: Autoplay): Promise<Browser> {
  return chromium.launch({
    executablePath: await requireChromium(),
    args: [...FLAGS, ...AUTOPLAY[autoplay]],
    // processes.ts ends this process on a signal; Playwright kills its browser when it does.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/** Finds Chromium, or installs it, once: before any test needs it. Ends this process, and says why, where it can't be had. */
export async function nameChromium(): Promise<void> {
  process.env["CHROMIUM_PATH"] = await requireChromium().catch((error: unknown) => {
    console.error(String(error));
    process.exit(1);
  });
}

/** The path of a Chromium, which is installed when there is none. */
export async function requireChromium(): Promise<string> {
  const found = findChromium();
  if (found) return found;
  await installChromium();
  const installed = findChromium();
  if (!installed) throw new Error("Chromium was installed, but is not on the PATH.");
  return installed;
}

function findChromium(): string | undefined {
  const given = process.env["CHROMIUM_PATH"];
  if (given && !existsSync(given)) {
    throw new Error(`CHROMIUM_PATH names ${given}, and there is no such file.`);
  }
  return given ?? findOnPath(PROGRAMS) ?? ELSEWHERE.find((file) => existsSync(file));
}

/** The first of these programs that the PATH holds. */
export function findOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const endings = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  return names
    .flatMap((name) => folders.flatMap((folder) => endings.map((end) => join(folder, name + end))))
    .find((file) => existsSync(file));
}

async function installChromium(): Promise<void> {
  const how =
    "Install Chromium or Google Chrome (on Debian: sudo apt-get install chromium fonts-liberation), " +
    "or let CHROMIUM_PATH name one.";
  const isRoot = process.getuid?.() === 0;
  if (!findOnPath(["apt-get"]) || !(isRoot || findOnPath(["sudo"]))) {
    throw new Error(`There is no Chromium here. ${how}`);
  }
  const sudo = isRoot ? [] : ["sudo", "-n"];
  console.log("Installing Chromium (apt-get install), once …");
  const apt = (args: readonly string[]): Promise<number> => {
    const [command = "", ...rest] = [...sudo, "apt-get", "-q", ...args];
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    return runProcess(command, rest, { env }).catch(() => 1);
  };
  await apt(["update"]); // Where some source is out of reach, what it has from before may do.
  for (const name of DEBIAN_PACKAGES) {
    if ((await apt(["install", "-y", "--no-install-recommends", name, FONT])) === 0) return;
  }
  throw new Error(`apt-get did not install Chromium (see above). ${how}`);
}
