import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { hostname, uptime } from "node:os";
import { promisify } from "node:util";
import { isDiskError } from "./clipError.ts";
import { isRecord } from "./clipFacts.ts";

/** A process, told apart from all that ever had or will have its number. */
export interface ProcessMark {
  readonly pid: number;
  /** The machine's name, and its kind: Windows and the Linux inside it share a name, but not their processes. */
  readonly host: string;
  /** Which start of the machine, and which of its spaces of process numbers; "" where that can't be told. */
  readonly system: string;
  /** When the process began, as its system tells it; "" where it does not. Versions before this one did not say it. */
  readonly began: string | undefined;
}

/** What can be said of whether a process runs: `unknown` where its number is in use, and nothing tells by whom. */
export type Running = "running" | "ended" | "elsewhere" | "unknown";

let own: Promise<ProcessMark> | undefined;

/** This process. */
export function thisProcess(): Promise<ProcessMark> {
  own ??= Promise.all([systemOf(), beganOf(process.pid)]).then(([system, began]) => {
    return { pid: process.pid, host: thisHost(), system, began };
  });
  return own;
}

/** Whether a process runs. `elsewhere` is one that can't be asked from here. */
export async function askWhether(mark: ProcessMark): Promise<Running> {
  const us = await thisProcess();
  if (mark.host !== us.host) return "elsewhere";
  // Machines may share a name; one that was started anew has ended all that ran.
  if (mark.system !== "" && mark.system !== us.system) return "elsewhere";
  if (!isInUse(mark.pid)) return "ended";
  const began = await beganOf(mark.pid);
  if (!mark.began || began === "") return "unknown";
  return mark.began === began ? "running" : "ended";
}

/** Reads what a file says of a process; `undefined` where it is none. */
export function readProcessMark(said: unknown): ProcessMark | undefined {
  if (!isRecord(said)) return undefined;
  const { pid, host, system = "", began } = said;
  if (!Number.isSafeInteger(pid) || Number(pid) <= 0 || typeof host !== "string") return undefined;
  if (typeof system !== "string") return undefined;
  return { pid: Number(pid), host, system, began: typeof began === "string" ? began : undefined };
}

/** How long ago this machine was started, in milliseconds: what is older was left by who ran before. */
export function runsForMs(): number {
  return uptime() * 1000;
}

function thisHost(): string {
  return `${hostname()} (${process.platform})`;
}

function isInUse(pid: number): boolean {
  try {
    process.kill(pid, 0); // asks, and does nothing
    return true;
  } catch (error) {
    return !isDiskError(error, "ESRCH");
  }
}

async function systemOf(): Promise<string> {
  if (process.platform !== "linux") return "";
  try {
    const boot = await readFile("/proc/sys/kernel/random/boot_id", "utf8");
    return `${boot.trim()} ${await readlink("/proc/self/ns/pid")}`;
  } catch {
    return "";
  }
}

/** When a process began, as text that is only to be compared; "" where that can't be told. */
async function beganOf(pid: number): Promise<string> {
  try {
    if (process.platform === "linux") {
      const stat = await readFile(`/proc/${pid}/stat`, "latin1");
      // The name, in parentheses, may hold anything; the 20th field behind it are clock ticks since the start of the machine.
      return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
    }
    if (process.platform === "win32") return "";
    const env = { ...process.env, LC_ALL: "C", TZ: "UTC" };
    const { stdout } = await promisify(execFile)("ps", ["-o", "lstart=", "-p", `${pid}`], { env });
    return stdout.trim();
  } catch {
    return "";
  }
}
