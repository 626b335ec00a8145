// @ts-check
/**
 * What `npm start` and `npm test` run first. It needs nothing but Node 20 and npm: it installs the
 * project's packages where they are missing or out of date, then hands over to the TypeScript file
 * it is given, under the Node that came with the packages (which strips types by itself).
 *
 *     node test/tools/bootstrap.mjs SCRIPT.ts [ARGUMENT...]
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { constants } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { setInterval } from "node:timers";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage
 * @param {string} file
 * @returns {Record<string, LockedPackage>} the packages a lock file names, by their folder
 */
function readLock(file) {
  const { packages } = JSON.parse(readFileSync(file, "utf8"));
  return packages;
}

/** Whether node_modules holds what package-lock.json asks for (npm keeps a lock of its own there). */
function isInstalled() {
  const installedLock = join(root, "node_modules/.package-lock.json");
  if (!existsSync(installedLock)) return false;
  const installed = readLock(installedLock);
  return Object.entries(readLock(join(root, "package-lock.json"))).every(([folder, wanted]) => {
    if (folder === "") return true;
    const found = installed[folder];
    if (!found) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version;
  });
}

function install() {
  console.log("Installing the project's packages (npm ci) …");
  const npm = process.env["npm_execpath"];
  const flags = ["ci", "--include=dev", "--no-fund", "--no-audit"];
  const { status, error } = npm?.endsWith("js")
    ? spawnSync(process.execPath, [npm, ...flags], { cwd: root, stdio: "inherit" })
    : spawnSync("npm", flags, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  if (error) fail(`npm could not be started (${error.message}). It comes with Node: nodejs.org.`);
  if (status !== 0) fail("npm ci failed; its lines above say why. It needs an npm registry.");
}

/** The Node that came with the packages; the one running now where that is new enough. */
function findNode() {
  const packaged = join(root, "node_modules/node/bin/node");
  for (const node of [packaged, `${packaged}.exe`]) if (existsSync(node)) return node;
  if (Number.parseInt(process.versions.node) >= 24) return process.execPath;
  return fail(
    "The npm package `node` has no program in it: its install script did not run. " +
      "Allow npm to run install scripts, or use Node 24 or newer.",
  );
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

if (!isInstalled()) install();
const node = findNode();
const child = spawn(node, process.argv.slice(2), {
  stdio: "inherit",
  env: {
    ...process.env,
    PATH: [dirname(node), join(root, "node_modules/.bin"), process.env["PATH"]].join(delimiter),
  },
});
// The script decides how it stops; a terminal's Ctrl+C reaches it twice, which it must bear.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => child.kill(signal));
}
// npm, ended by a signal, ends its shell, and that tells nobody: all else would go on without them.
const parent = process.ppid;
setInterval(() => process.ppid === parent || child.kill("SIGTERM"), 500).unref();
child.on("error", (error) => fail(`${node} could not be started: ${error.message}`));
child.on("exit", (code, signal) => {
  process.exit(code ?? 128 + (signal ? constants.signals[signal] : 1));
});
