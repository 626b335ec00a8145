import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, writeFileSync } from "node:fs";
import { constants, setPriority } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";

/** How long a process may take to end by itself before it is killed, in ms. */
const GRACE = 3_000;

const running = new Set<ChildProcess>();
let stopping: Promise<unknown> | undefined;

/**
 * Starts a program in a process group of its own, so that all its descendants can be ended with it.
 * None outlives this process: Ctrl+C, SIGTERM and a plain exit end them first.
 */
export function startProcess(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly output: "inherit" | "pipe";
  },
): ChildProcess {
  if (stopping) throw new Error("This process is ending; it starts no other.");
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env,
    detached: process.platform !== "win32",
    stdio: ["ignore", options.output, options.output],
  });
  if (running.size === 0) watchOwnEnd();
  running.add(child);
  child.once("error", () => running.delete(child));
  return child;
}

/** Whether this process is ending, and with it what it started. */
export function isEnding(): boolean {
  return stopping !== undefined;
}

/** Ends a process and its descendants: asks first, kills what remains. */
export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
    const exited = once(child, "exit");
    signalTree(child, "SIGTERM");
    await Promise.race([exited, delay(GRACE, undefined, { ref: false })]);
  }
  signalTree(child, "SIGKILL");
  running.delete(child);
}

/**
 * Runs a program to its end. Its output is passed on to ours, each line behind `prefix` where there is one, or kept in the
 * file `log`. One that runs `gently` leaves the processors to others that want them.
 * @returns its exit code; 1 when a signal or `limit` (ms) ended it
 * @throws when it cannot be started
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    readonly limit?: number;
    readonly log?: string;
    readonly prefix?: string;
    readonly gently?: boolean;
  } = {},
): Promise<number> {
  const { limit, log, prefix, gently } = options;
  const output = log || prefix ? "pipe" : "inherit";
  const child = startProcess(command, args, { ...options, output });
  if (gently && child.pid !== undefined) yieldProcessors(child.pid);
  if (log) logOutput(child, log);
  const told = prefix ? prefixOutput(child, prefix) : undefined;
  const timer = limit && setTimeout(() => void tooLong(child, command, limit), limit);
  try {
    const [code] = (await once(child, "exit")) as [number | null];
    await Promise.race([told, delay(GRACE, undefined, { ref: false })]); // what outlives it may hold its output
    return code ?? 1;
  } finally {
    clearTimeout(timer);
    await stopProcess(child);
  }
}

/** Gives a process a low priority. Linux may weigh whole sessions against each other (sched(7), autogroup): its own, too. */
function yieldProcessors(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
    if (existsSync(`/proc/${pid}/autogroup`)) writeFileSync(`/proc/${pid}/autogroup`, "10");
  } catch {
    // it has ended already, or may not be asked: then it runs as others do
  }
}

/** Writes what a process says into a file. */
export function logOutput(child: ChildProcess, file: string): void {
  const log = createWriteStream(file);
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  child.once("close", () => log.end());
}

/** Passes on what a process says, line by line; settles when it has said all. */
async function prefixOutput(child: ChildProcess, prefix: string): Promise<void> {
  const streams = [child.stdout, child.stderr].flatMap((stream) => stream ?? []);
  const lines = streams.map((input) => createInterface({ input }));
  for (const one of lines) one.on("line", (line) => console.log(`${prefix}${line}`));
  await Promise.all(lines.map((one) => once(one, "close")));
}

/** Runs npm: the one that runs us where there is one, else the one on the PATH. */
export async function runNpm(args: readonly string[], cwd: string): Promise<number> {
  const npm = process.env["npm_execpath"];
  if (npm?.endsWith("js")) return runProcess(process.execPath, [npm, ...args], { cwd });
  return process.platform === "win32"
    ? runProcess("cmd.exe", ["/c", "npm", ...args], { cwd })
    : runProcess("npm", args, { cwd });
}

async function tooLong(child: ChildProcess, command: string, limit: number): Promise<void> {
  console.error(`${command} was ended: it ran for more than ${limit / 1000} s.`);
  await stopProcess(child);
}

function signalTree(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  if (process.platform === "win32") {
    spawnSync("taskkill", ["/pid", String(child.pid), "/t", "/f"]);
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group has ended.
  }
}

function watchOwnEnd(): void {
  if (process.listeners("exit").includes(killAll)) return;
  process.on("exit", killAll);
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => {
      stopping ??= Promise.all([...running].map(stopProcess)).finally(() => process.exit(code));
    });
  }
}

function killAll(): void {
  for (const child of running) signalTree(child, "SIGKILL");
}
