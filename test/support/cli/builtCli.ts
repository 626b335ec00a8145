import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { runCli } from "../../../src/cli/cli.ts";
import { outFolder, projectRoot } from "../paths.ts";
import { readBundles } from "../../tools/bundles.ts";

/** The folder of npm's package of the command line, after `buildCli`. */
export const cliPackage = join(outFolder, "cli");

/** What npm's package has in `dist` beside the files of the command line and of the local voice's worker. */
const assets = ["flite.wasm.br", "ThirdPartyNotices.txt"];

/** The command line's bundle, after `buildCli`. */
export const cliFile = join(cliPackage, "dist", "cli.js");

let building: Promise<void> | undefined;

/** Builds the command line as it is shipped, once in this process. */
export function buildCli(): Promise<void> {
  building ??= build();
  return building;
}

async function build(): Promise<void> {
  await mkdir(cliPackage, { recursive: true });
  const dist = join(cliPackage, "dist");
  const args = ["esbuild.js", "--production", `--out=${dist}`];
  await promisify(execFile)(process.execPath, args, { cwd: projectRoot });
  const bundles = await readBundles(dist);
  const parts = ["cli.js", "localVoiceWorker.js"].flatMap((entry) => bundles.loadedBy(entry));
  // vsce refuses such a list in the package.json of an extension.
  const files = [...new Set(parts), ...assets].map((name) => `dist/${name}`);
  const manifest = JSON.parse(await readFile(join(projectRoot, "package.json"), "utf8")) as object;
  const engines = { node: ">=20.18" };
  const packed = { ...manifest, engines, files, scripts: undefined, devDependencies: undefined };
  await writeFile(join(cliPackage, "package.json"), JSON.stringify(packed, undefined, 2));
  for (const name of ["LICENSE", "README.md"]) {
    await copyFile(join(projectRoot, name), join(cliPackage, name));
  }
}

/** What came of a call. */
export interface CliResult {
  /** The exit code; `null` where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Standard output to the byte. */
  readonly bytes: Buffer;
}

/** How the command line is called. */
export interface CliCall {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What comes on standard input; nothing, unless given. */
  readonly stdin?: string | Uint8Array;
  /** Whether it is the bundle in a process of its own that is called. Else its code runs in this one, which starts nothing. */
  readonly built?: boolean;
  /** Whether nobody reads standard output of that. */
  readonly deaf?: boolean;
  /** Called with all that standard error of that has so far, each time that more comes; `kill` sends a signal. */
  readonly watch?: (stderr: string, kill: (signal: NodeJS.Signals) => void) => void;
}

/** Calls the command line, after `buildCli`, without a key unless one is given. */
export async function callCli(args: readonly string[], call: CliCall): Promise<CliResult> {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const name of ["CARTESIA_API_KEY", "SCRIPTED_SPEECH_ENDPOINT"]) delete env[name];
  Object.assign(env, call.env);
  const isBuilt = call.built ?? (call.deaf || call.watch !== undefined);
  const result = isBuilt ? await callBuilt(args, call, env) : await callHere(args, call, env);
  assert.doesNotMatch(result.stderr, /^\s+at /m, "no stack reaches the user");
  return result;
}

async function callHere(
  args: readonly string[],
  { cwd, stdin }: CliCall,
  env: NodeJS.ProcessEnv,
): Promise<CliResult> {
  const written: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  const to = (name: keyof typeof written) => ({
    write: (data: string | Uint8Array, done?: () => void) => {
      written[name].push(Buffer.from(data));
      done?.();
    },
  });
  const code = await runCli(args, {
    ...{ env, cwd, dist: dirname(cliFile), stdout: to("stdout"), stderr: to("stderr") },
    stdin: () => Readable.from(stdin === undefined ? [] : [Buffer.from(stdin)]),
    stop: new AbortController().signal,
  });
  const bytes = Buffer.concat(written.stdout);
  return {
    code,
    stdout: bytes.toString(),
    stderr: Buffer.concat(written.stderr).toString(),
    bytes,
  };
}

async function callBuilt(
  args: readonly string[],
  call: CliCall,
  env: NodeJS.ProcessEnv,
): Promise<CliResult> {
  const child = spawn(process.execPath, [cliFile, ...args], {
    cwd: call.cwd,
    env,
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => {}); // it need not read it
  child.stdin.end(call.stdin);
  if (call.deaf) child.stdout.destroy();
  const stdout: Buffer[] = [];
  let stderr = "";
  child.stdout.on("data", (part: Buffer) => stdout.push(part));
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    call.watch?.(stderr, (signal) => child.kill(signal));
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject).on("close", resolve);
  });
  const bytes = Buffer.concat(stdout);
  return { code, stdout: bytes.toString(), stderr, bytes };
}
