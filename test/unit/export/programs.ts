import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import type { LocalVoice } from "../../../src/localVoice/localVoice.ts";
import { startTestVoice } from "../../support/fakes/localVoice.ts";
import { startRecordingProxy, type RecordingProxy } from "../../support/fakes/recordingProxy.ts";

const fixture = (path: string): string =>
  fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const nodeModules = fileURLToPath(new URL("../../../node_modules", import.meta.url));

/** Whether there is a `python3`. */
export const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Runs a program to its end. @returns what it printed */
async function run(
  command: string,
  args: readonly string[],
  how: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<string> {
  const { said, complained, exitCode } = await runToItsEnd(command, args, how);
  assert.equal(exitCode, 0, complained);
  return said;
}

async function runToItsEnd(
  command: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env } });
  const [said, complained] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "close"),
  ]);
  return { said, complained, exitCode: child.exitCode };
}

/** The local voice, behind what notes all that is sent to it, for the tests of a suite. */
export function useRecordedVoice() {
  let voice: LocalVoice;
  let proxy: RecordingProxy;
  before(async () => {
    voice = await startTestVoice();
    const [cert, key] = await Promise.all([
      readFile(fixture("tls/localhost.crt"), "utf8"),
      readFile(fixture("tls/localhost.key"), "utf8"),
    ]);
    proxy = await startRecordingProxy(voice.url, { cert, key });
  });
  after(async () => {
    await proxy.close();
    await voice.close();
  });
  return {
    voice: () => voice,
    /** What was sent so far. */
    sent: () => proxy.messages,
    /** Runs a program for the official SDK in a folder. @returns what it printed */
    runTypeScript: async (cwd: string, code: string): Promise<string> => {
      await symlink(nodeModules, join(cwd, "node_modules"));
      await writeFile(join(cwd, "speak.mts"), code);
      const env = {
        CARTESIA_API_KEY: voice.token,
        CARTESIA_BASE_URL: `https://${proxy.host}`,
        NODE_EXTRA_CA_CERTS: fixture("tls/localhost.crt"),
      };
      return run(process.execPath, ["speak.mts"], { cwd, env });
    },
  };
}

/** Runs a program against what is documented of the SDK for Python. @returns what it printed, and the calls that it made */
export async function runPython(
  cwd: string,
  code: string,
): Promise<{ readonly said: string; readonly calls: readonly (readonly unknown[])[] }> {
  await writeProgram(cwd, code);
  const env = { CARTESIA_API_KEY: "secret", PYTHONUTF8: "1" };
  const said = await run("python3", ["speak.py"], { cwd, env });
  const calls: unknown = JSON.parse(await readFile(join(cwd, "calls.json"), "utf8"));
  return { said, calls: calls as (readonly unknown[])[] };
}

/** Runs a program against an SDK whose connection closes before `done`. @returns how it ended */
export async function runPythonCutOff(cwd: string, code: string) {
  await writeProgram(cwd, code);
  const env = { CARTESIA_API_KEY: "secret", PYTHONUTF8: "1", CLOSES_EARLY: "1" };
  return runToItsEnd("python3", ["speak.py"], { cwd, env });
}

async function writeProgram(cwd: string, code: string): Promise<void> {
  await writeFile(join(cwd, "speak.py"), code);
  await run("python3", ["-m", "py_compile", "speak.py"], { cwd, env: {} });
  await mkdir(join(cwd, "cartesia"));
  await writeFile(
    join(cwd, "cartesia/__init__.py"),
    await readFile(fixture("cartesia.py"), "utf8"),
  );
}

/** What the compiler finds at fault with programs, in a folder. */
export async function faultsOf(folder: string, programs: readonly string[]): Promise<string[]> {
  await symlink(nodeModules, join(folder, "node_modules"));
  const names = programs.map((_, at) => join(folder, `program${at}.mts`));
  for (const [at, name] of names.entries()) await writeFile(name, programs[at] ?? "");
  const program = ts.createProgram(names, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
    typeRoots: [join(nodeModules, "@types")],
    erasableSyntaxOnly: true,
    noUnusedLocals: true,
  });
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
