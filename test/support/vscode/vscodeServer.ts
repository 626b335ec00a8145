import { once } from "node:events";
import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { pathToFileURL } from "node:url";
import { logOutput, runProcess, startProcess, stopProcess } from "../processes.ts";
import { installVscodeServer } from "./vscodeServerInstall.ts";

/** How long the server may take to listen, in ms. */
const START_LIMIT = 60_000;

/** User settings by their full names. */
export type Settings = Readonly<Record<string, unknown>>;

/** What every profile of ours starts from: nothing that opens, saves or asks by itself. */
export const QUIET: Settings = {
  "editor.autoClosingBrackets": "never", // a test that types JSON types all of it
  "editor.autoClosingQuotes": "never",
  "files.autoSave": "off",
  "workbench.startupEditor": "none",
  "git.openRepositoryInParentFolders": "never",
  "workbench.welcomePage.walkthroughs.openOnInstall": false,
  "workbench.tips.enabled": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "chat.disableAIFeatures": true,
  "workbench.editor.useModal": "off",
  "workbench.reduceMotion": "on",
  "editor.cursorBlinking": "solid", // a picture of it is always the same
  "workbench.secondarySideBar.defaultVisibility": "hidden",
};

export interface VscodeServer {
  /** Where the workbench is, with the token that lets one in. */
  readonly address: URL;
  /** Settles when the server has ended, however it came to that. */
  readonly ended: Promise<unknown>;
  stop(): Promise<void>;
}

/** A profile is a folder; VS Code on the desktop takes its `data` as the user data folder. */
export function userDataFolder(profile: string): string {
  return join(profile, "data");
}

/**
 * Starts VS Code's server on a loopback port.
 * @param options.profile the folder of its user data, extensions and log
 * @param options.ports which ports it may take, as "from-to"; any free one when left out
 * @throws when it does not listen in time; the message names its log
 */
export async function startVscodeServer(options: {
  readonly profile: string;
  readonly extensions?: string;
  readonly ports?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Such as `de`, beside English: in a browser that wants one, extensions speak it; VS Code's own words stay English. */
  readonly languages?: readonly string[];
}): Promise<VscodeServer> {
  const { profile, languages = [] } = options;
  const token = crypto.randomUUID();
  const main = join(await installVscodeServer(), "out/server-main.js");
  await mkdir(profile, { recursive: true });
  await writeLanguagePacks(profile, languages);
  const temporary = await mkdtemp(join(tmpdir(), "vscode-"));
  process.once("exit", () => rmSync(temporary, { recursive: true, force: true }));
  const child = startProcess(
    process.execPath,
    [
      main,
      ...["--host", "127.0.0.1", "--port", options.ports ?? "0", "--connection-token", token],
      ...["--server-data-dir", profile, "--telemetry-level", "off"],
      ...["--accept-server-license-terms", "--disable-getting-started-override"],
      ...(options.extensions ? ["--extensions-dir", options.extensions] : []),
    ],
    { output: "pipe", env: environment(temporary, options.env) },
  );
  const logFile = join(profile, "server.log");
  logOutput(child, logFile);
  try {
    const port = await listeningPort(child.stdout as Readable);
    const address = new URL(`http://vscode.localhost:${port}/?tkn=${token}`);
    return { address, ended: once(child, "exit"), stop: () => stopProcess(child) };
  } catch (cause) {
    await stopProcess(child);
    throw new Error(`VS Code's server did not start; its log is ${logFile}`, { cause });
  }
}

/** The address of a workbench that opens a folder; `payload` is what `code`'s arguments are there. */
export function workbenchAddress(
  server: VscodeServer,
  folder: string,
  payload: readonly (readonly [string, string])[] = [],
): string {
  const address = new URL(server.address);
  address.searchParams.set("folder", folder);
  if (payload.length > 0) address.searchParams.set("payload", JSON.stringify(payload));
  return address.href;
}

/** A file of this machine, as the workbench in the browser names it. */
export function remoteUri(server: VscodeServer, file: string): string {
  return new URL(pathToFileURL(file).pathname, `vscode-remote://${server.address.host}`).href;
}

/** Installs a packed extension, as a person would, into a profile's extensions folder. */
export async function installVsix(options: {
  readonly vsix: string;
  readonly profile: string;
  readonly extensions?: string;
}): Promise<void> {
  const main = join(await installVscodeServer(), "out/server-main.js");
  const log = join(options.profile, "install.log");
  await mkdir(options.profile, { recursive: true });
  const code = await runProcess(
    process.execPath,
    [
      main,
      ...["--install-extension", options.vsix, "--force", "--accept-server-license-terms"],
      ...["--server-data-dir", options.profile],
      ...(options.extensions ? ["--extensions-dir", options.extensions] : []),
    ],
    { env: environment(tmpdir()), limit: START_LIMIT, log },
  );
  if (code !== 0) throw new Error(`VS Code did not install ${options.vsix}; its log is ${log}`);
}

/** Lays settings over those that a profile has, before VS Code is started with it. */
export async function writeUserSettings(profile: string, settings: Settings): Promise<void> {
  await replaceUserSettings(profile, { ...(await readUserSettings(profile)), ...settings });
}

/** Gives a profile these settings over our quiet ones, before a window is opened with it; what it had is gone. */
export async function replaceUserSettings(profile: string, settings: Settings): Promise<void> {
  const file = settingsFile(profile);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify({ ...QUIET, ...settings }, undefined, 2));
}

/** The user settings of a profile; our quiet ones when it has none yet. */
export async function readUserSettings(profile: string): Promise<Settings> {
  const text = await readFile(settingsFile(profile), "utf8").catch(() => undefined);
  return text === undefined ? QUIET : (JSON.parse(text) as Settings);
}

/**
 * What VS Code knows of language packs that are installed. Those of the marketplace can't be had here; these have no
 * translations of VS Code, which makes it speak the language no less.
 */
async function writeLanguagePacks(profile: string, languages: readonly string[]): Promise<void> {
  if (languages.length === 0) return;
  const folder = userDataFolder(profile);
  await mkdir(folder, { recursive: true });
  const packs: Record<string, object> = {};
  for (const language of languages) {
    const translations = join(folder, `${language}.i18n.json`);
    await writeFile(translations, JSON.stringify({ version: "1.0.0", contents: {} }));
    packs[language] = {
      hash: language,
      label: language,
      extensions: [{ extensionIdentifier: { id: `test.${language}` }, version: "1.0.0" }],
      translations: { vscode: translations },
    };
  }
  await writeFile(join(folder, "languagepacks.json"), JSON.stringify(packs));
  // Without this file, in which a language may be chosen for all windows, English is.
  await mkdir(join(folder, "User"), { recursive: true });
  await writeFile(join(folder, "User/argv.json"), "{}");
}

function settingsFile(profile: string): string {
  return join(userDataFolder(profile), "User/settings.json");
}

function listeningPort(output: Readable): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = "";
    output.on("data", (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      const port = /Extension host agent listening on (\d+)\n/.exec(said)?.[1];
      if (port) resolve(Number(port));
    });
    output.once("end", () => reject(new Error("It ended before it listened.")));
    setTimeout(() => reject(new Error("It took too long to listen.")), START_LIMIT).unref();
  });
}

/**
 * What VS Code's environment is: ours, without what another VS Code gave us if we were started from
 * its terminal, and with a temporary folder of its own, where it leaves its sockets behind.
 */
function environment(temporary: string, additions?: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const env = { ...process.env, TMPDIR: temporary, XDG_RUNTIME_DIR: undefined, ...additions };
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name)),
  );
}
