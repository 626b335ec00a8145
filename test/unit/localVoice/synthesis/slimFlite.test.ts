import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { Flite } from "../../../../src/localVoice/synthesis/flite.ts";
import { fliteVoices } from "../../../../src/localVoice/synthesis/ownVoices.ts";
import { wasmPath } from "../../../support/fakes/localVoice.ts";
import { slimFlite } from "../../../tools/slimFlite.mjs";

/** Together they have every sound of English, numbers, abbreviations, names, and what is no word. */
const texts = [
  "The birch canoe slid on the smooth planks; glue the sheet to the dark blue background.",
  "It's easy to tell the depth of a well, isn't it? Yes!",
  "She had your dark suit in greasy wash water all year. Measure the azure treasure, though.",
  "On Mon. 30 Nov. 2026 at 9:24 a.m., Dr. Smith paid $1,234.50 (42.5%) to the IEEE, vol. XIV.",
  "Xylophone Zhao Nguyen qwrtzx, e.g. O'Brien & Sons' http://example.org/~me?x=1#top",
  "A choir of thirteen boys and girls enjoyed joyful oil paintings; who would vouch for the youth?",
];

describe("The slim Flite", () => {
  let folder: string;
  let slimPath: string;
  let whole: Flite;
  let slim: Flite;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "slim-flite-"));
    slimPath = join(folder, "flite.wasm.br");
    await writeFile(slimPath, await slimFlite(await readFile(wasmPath), { small: false }));
    whole = await Flite.load(wasmPath);
    slim = await Flite.load(slimPath);
  });
  after(() => rm(folder, { recursive: true }));

  const sayAlike = (text: string, speed: number) => {
    for (const voice of fliteVoices) {
      const expected = whole.speak(text, { voice, speed });
      assert.deepEqual(slim.speak(text, { voice, speed }), expected, `${voice}: ${text}`);
    }
  };

  it("says every text with the same samples and phones, in both voices", () => {
    for (const text of texts) sayAlike(text, 1);
    sayAlike(texts[0]!, 1.5);
  });

  it("says what is no language with the same samples and phones", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme-ascii", maxLength: 20 }), (text) =>
        sayAlike(text, 0.8),
      ),
      { numRuns: 10 },
    );
  });

  it("tells of every word the same phones", () => {
    const words = texts.join(" ").split(" ");
    assert.deepEqual(slim.pronounce(words), whole.pronounce(words));
  });

  it("is a quarter of the whole, and less", async () => {
    const [before, after] = await Promise.all([readFile(wasmPath), readFile(slimPath)]);
    assert.ok(after.length < before.length / 4, `${after.length} of ${before.length} bytes`);
  });

  it("is made of the known program alone", async () => {
    const other = Buffer.concat([await readFile(wasmPath), Buffer.of(0)]);
    await assert.rejects(slimFlite(other, { small: false }), /install that version\.$/);
  });

  it("fails to load where it is cut off", async () => {
    const cut = join(folder, "cut.wasm.br");
    await writeFile(cut, (await readFile(slimPath)).subarray(0, -1000));
    await assert.rejects(Flite.load(cut), { code: "Z_BUF_ERROR" });
  });
});
