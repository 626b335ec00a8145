import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheFolder } from "../paths.ts";
import { runNpm } from "../processes.ts";

/** The npm package that carries a build of VS Code for the browser, here VS Code 1.139.1. */
const NAME = "code-server";
const VERSION = "4.139.1";

/**
 * What is changed in the cached copy, so that tests meet what people meet on the desktop:
 * - a release build heeds the test payload of its address only with a switch that hides notifications;
 * - secrets are sealed with a key from a route that only code-server's own front end has, so they
 *   would be lost on reload: the browser keeps them unsealed;
 * - a webview is of the workbench's own origin, so a click anywhere lets it play sound. It gets a host
 *   name of its own; the workbench's policy lets it in, and the server gives VS Code's own files, of
 *   which a webview's frame is made, without the token that only the workbench's host name knows.
 */
const PATCHES = [
  {
    file: "out/vs/code/browser/workbench/workbench.js",
    changes: [
      ["this.payload&&(!this.isBuilt||this.enableSmokeTestDriver)", "this.payload"],
      ["t&&xIi.supported()?new xIi(t):new Ovo", "new Ovo"],
      [
        "new URL(this.options.webviewEndpoint,window.location.toString()).toString()",
        'new URL(this.options.webviewEndpoint,window.location.toString()).toString().replace(location.host,"{{uuid}}."+location.host)',
      ],
    ],
  },
  {
    file: "out/server-main.js",
    changes: [
      ["frame-src 'self' ", "frame-src 'self' http://*.localhost:* "],
      [
        "if(!WN(this._connectionToken,e,o.searchParams))",
        'if(!i.startsWith("/static/")&&!WN(this._connectionToken,e,o.searchParams))',
      ],
    ],
  },
] as const;

/**
 * VS Code for the browser, downloaded from the npm registry when it is not in the cache.
 * @returns the folder of its server
 * @throws when the registry cannot be reached
 */
export async function installVscodeServer(): Promise<string> {
  const name = `${NAME}-${VERSION}-${hashOf(PATCHES)}`;
  const installed = join(cacheFolder, name);
  const server = join("node_modules", NAME, "lib/vscode");
  if (existsSync(installed)) return join(installed, server);

  console.log(`Downloading VS Code for the browser (npm package ${NAME} ${VERSION}), once …`);
  await removeAbandoned(name);
  // Made aside and renamed when whole: an interrupted download is never taken for VS Code.
  const partial = join(cacheFolder, `${name}.partial-${process.pid}`);
  await mkdir(partial, { recursive: true });
  await writeFile(join(partial, "package.json"), '{ "private": true }\n');
  // Without install scripts: its native modules need a compiler, and nothing here needs them.
  const flags = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  await install(["install", `${NAME}@${VERSION}`, ...flags], partial);
  await install(["install", ...flags], join(partial, server));
  for (const { file, changes } of PATCHES) await patch(join(partial, server, file), changes);
  await rename(partial, installed).catch(async (error: unknown) => {
    if (!existsSync(installed)) throw error;
    await rm(partial, { recursive: true }); // Another run was faster.
  });
  return join(installed, server);
}

async function install(args: readonly string[], folder: string): Promise<void> {
  if ((await runNpm([...args, "--prefix", folder], folder)) === 0) return;
  throw new Error(
    `VS Code for the browser (npm package ${NAME}) could not be downloaded; npm's lines above say why. ` +
      "It needs an npm registry. Where desktop VS Code is at hand, VSCODE_PATH may point to it.",
  );
}

async function patch(
  file: string,
  changes: readonly (readonly [from: string, to: string])[],
): Promise<void> {
  let source = await readFile(file, "utf8");
  for (const [from, to] of changes) {
    if (source.split(from).length !== 2) throw new Error(`${file} does not hold "${from}" once.`);
    source = source.replace(from, () => to);
  }
  await writeFile(file, source);
}

/** Names a cached copy by its changes too: a copy with other changes is another copy. */
function hashOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 8);
}

/** Removes what downloads that were cut short left behind. */
async function removeAbandoned(name: string): Promise<void> {
  await mkdir(cacheFolder, { recursive: true });
  for (const entry of await readdir(cacheFolder)) {
    const pid = Number(/\.partial-(\d+)$/.exec(entry)?.[1]);
    if (!entry.startsWith(name) || !pid || isRunning(pid)) continue;
    await rm(join(cacheFolder, entry), { recursive: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
