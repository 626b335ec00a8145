/**
 * `npm run render-play`: the command line renders two acts of a play, 30 pages, with the local voice, and then again. Then
 * nothing may be sent, and it may take a second at most; the best of three counts, for a machine may be busy. It is no part
 * of `npm test`, for it takes minutes.
 *
 *     npm run render-play                 as scripts are rendered by default
 *     npm run render-play -- OPTION…      with these options of `render`
 */
import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildCli, callCli } from "../support/cli/builtCli.ts";
import { play } from "../support/cli/play.ts";

const options = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), "play-"));
try {
  await buildCli();
  await copyFile(play, join(folder, "play.speech.md"));
  const first = await render();
  assert.equal(first.code, 0, first.stderr);
  const lengths = [...first.stdout.matchAll(/\t([\d.]+) s\tspoken$/gm)].map(([, s]) => Number(s));
  const minutes = lengths.reduce((sum, seconds) => sum + seconds, 0) / 60;
  console.log(`First:  ${lengths.length} segments, ${minutes.toFixed(1)} min of sound`);
  console.log(`        in ${first.seconds.toFixed(1)} s. ${lastLine(first.stderr)}`);
  const times: number[] = [];
  for (let at = 0; at < 3; at++) {
    const again = await render();
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stderr, / 0 spoken, .* 0 characters sent\./);
    times.push(again.seconds);
    console.log(`Again:  in ${again.seconds.toFixed(2)} s. ${lastLine(again.stderr)}`);
  }
  assert.ok(Math.min(...times) < 1, "rendering again took more than a second");
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function render(): Promise<{
  code: number | null;
  stdout: string;
  stderr: string;
  seconds: number;
}> {
  const start = performance.now();
  const args = ["render", "play.speech.md", "--service", "local", ...options];
  const result = await callCli(args, { cwd: folder });
  return { ...result, seconds: (performance.now() - start) / 1000 };
}

function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}
