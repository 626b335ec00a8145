import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { readWav } from "../../src/audio/wav.ts";
import type { ScriptPreview } from "../../src/preview/scriptPreview.ts";
import { audioOf } from "../support/fakes/scriptedService.ts";

interface Listed {
  readonly file: string;
  readonly segment: number | null;
  readonly bytes: number;
}

/** The names in a folder, sorted; none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

/** The segments that have a file in their place, whose sound must be exactly `audioOf` their transcript. */
export async function checkFiles(
  folder: string,
  transcripts: readonly string[],
  strangers: readonly string[] = [],
): Promise<number[]> {
  const found: number[] = [];
  for (const name of await namesIn(folder)) {
    const segment = Number(/^flush_(\d+)\.wav$/.exec(name)?.[1] ?? NaN);
    if (Number.isNaN(segment) || strangers.includes(name)) continue;
    const { samples } = readWav(await readFile(join(folder, name)));
    const expected = audioOf(transcripts[segment] ?? "");
    assert.ok(Buffer.from(expected).equals(samples), `${name} is not exactly its segment's audio`);
    found.push(segment);
  }
  return found;
}

/**
 * Asserts what must hold after every run, whatever happened: each segment has exactly its bytes or no clip; files, manifest and
 * states agree; nothing else of ours lies there.
 * @param strangers names of files that the extension did not make.
 */
export async function checkClips(
  { folder, preview }: { readonly folder: string; readonly preview: ScriptPreview },
  strangers: readonly string[] = [],
): Promise<void> {
  const segments = preview.segments();
  const transcripts = segments.map(({ transcript }) => transcript);
  const found = await checkFiles(folder, transcripts, strangers);
  const ready = segments.filter(({ state }) => state === "ready").map(({ index }) => index);
  assert.deepEqual(found, ready, "the clips on disk are those of the segments that are ready");
  const listed = await readListed(folder);
  if (listed) {
    assert.deepEqual(
      listed.flatMap(({ segment }) => segment ?? []),
      found,
      "the manifest lists the clips on disk",
    );
    for (const { segment, bytes } of listed) {
      if (segment !== null) assert.equal(bytes, audioOf(transcripts[segment] ?? "").length);
    }
  } else assert.deepEqual(found, [], "without a manifest there are no clips");
  const names = [...(await namesIn(folder)), ...(await namesIn(join(folder, "takes")))];
  const others = names.filter((name) => !strangers.includes(name) && !isOurs(name));
  assert.deepEqual(others, [], "nothing temporary is left");
}

function isOurs(name: string): boolean {
  return /^(flush_\d{3}\.wav|takes|take_[0-9a-f]{16}_\w+(-\d+)?\.wav|manifest\.json|manifest\..+\.bad\.json)$/.test(
    name,
  );
}

/** @returns `undefined` where there is no manifest that this version can read. */
async function readListed(folder: string): Promise<readonly Listed[] | undefined> {
  const text = await readFile(join(folder, "manifest.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const { clips } = JSON.parse(text) as { readonly clips?: readonly Listed[] };
  return clips;
}
