import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Ajv } from "ajv";
import type { ValidateFunction } from "ajv";
import { encodings } from "../../../src/audio/pcm.ts";
import { newClip, useClipFolder, wanted } from "./scratch.ts";

/** A part of a schema, as far as this test walks through it. */
interface Part {
  readonly description?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Part>>;
  readonly items?: Part;
  readonly enum?: readonly unknown[];
}

interface Schema extends Part {
  readonly definitions: Readonly<Record<string, Part>>;
}

/** Where a value has properties that the schema does not describe. */
function undescribed(schema: Schema, value: unknown, part: Part = schema, at = ""): string[] {
  const [, name = ""] = /^#\/definitions\/(.*)$/.exec(part.$ref ?? "") ?? [];
  const { properties = {}, items } = schema.definitions[name] ?? part;
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => undescribed(schema, item, items ?? {}, `${at}/${index}`));
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const described = properties[key];
    if (!described) return `${at}/${key}`;
    return undescribed(schema, inner, described, `${at}/${key}`);
  });
}

/** All properties that a schema describes. */
function propertiesOf(part: Part): [name: string, part: Part][] {
  const own = Object.entries(part.properties ?? {});
  return [...own, ...own.flatMap(([, inner]) => propertiesOf(inner))];
}

describe("manifest.schema.json", () => {
  const { inFolder, open } = useClipFolder();
  let schema: Schema;
  let validate: ValidateFunction;
  before(async () => {
    const text = await readFile(join(process.cwd(), "media", "manifest.schema.json"), "utf8");
    schema = JSON.parse(text) as Schema;
    validate = new Ajv({ strictTypes: true, allowUnionTypes: true }).compile(schema);
  });
  const written = async (): Promise<{ clips: Record<string, unknown>[] }> =>
    JSON.parse(await readFile(inFolder("manifest.json"), "utf8"));

  for (const container of ["wav", "raw"] as const) {
    it(`holds for all that is written of ${container} clips, and describes each property`, async () => {
      const store = await open("talk.md", { container });
      await store.save(newClip(0, "a", { flushIds: [null, 1] }));
      await store.save(
        newClip(1, "b", { words: [], timeToFirstAudibleMs: null, timeToFirstByteMs: null }),
      );
      await store.save(newClip(2, "c", { synthesisMs: null, audible: null }));
      await store.saveTake(newClip(1, "d", { spokenAt: "" }));
      await store.saveTake(newClip(1, "d", { samples: new Uint8Array(0), audible: null }));
      await store.saveTake(newClip(1, "d", { words: [{ text: "", start: 3, end: 1 }] }));
      await store.save(newClip(1000, "far"));
      for (const segment of [1, 1000]) await store.setLocked(segment, true);
      await store.arrange(wanted("c", "b", undefined, "b"));
      const [take] = store.takes("Said as a.");
      if (take) await store.restore(take, 2, false);
      const manifest = await written();
      assert.ok(manifest.clips.some(({ lockWaits }) => lockWaits));
      assert.ok(manifest.clips.some(({ chosen }) => chosen));
      assert.equal(manifest.clips.length, 8);
      assert.ok(validate(manifest), JSON.stringify(validate.errors));
      assert.deepEqual(undescribed(schema, manifest), []);
    });
  }

  const breaks: readonly (readonly [what: string, break_: object])[] = [
    ["an unknown encoding", { encoding: "mp3" }],
    ["a file elsewhere", { file: "../flush_000.wav" }],
    ["a segment that is no index", { segment: -1 }],
    ["a locked take", { segment: null, locked: true }],
    ["a lock that waits in place", { segment: 0, lockWaits: true }],
    ["a lock that is open", { locked: false }],
    ["raw samples that nothing knows again", { file: "flush_000.pcm" }],
    ["no identity", { identity: "" }],
    ["a word without times", { words: [{ text: "a" }] }],
    ["a sample rate that is none", { sampleRate: 0 }],
  ];
  for (const [what, change] of breaks) {
    it(`holds not for ${what}`, async () => {
      await (await open()).save(newClip(0, "a"));
      const manifest = await written();
      const clips = manifest.clips.map((clip) => ({ ...clip, ...change }));
      assert.ok(validate(manifest));
      assert.ok(!validate({ ...manifest, clips }));
    });
  }

  it("describes each property, and names units", () => {
    const all = [schema, ...Object.values(schema.definitions)];
    for (const [name, part] of all.flatMap(propertiesOf)) {
      assert.match(part.description ?? "", /^[A-Z][^]{20,}\.$/, name);
      if (name.endsWith("Ms")) assert.match(part.description ?? "", /in milliseconds/);
      if (/^(seconds|start|end)$/.test(name)) assert.match(part.description ?? "", /in seconds/);
    }
  });

  it("knows every encoding", () => {
    assert.deepEqual(schema.definitions["clip"]?.properties?.["encoding"]?.enum, encodings);
  });
});
