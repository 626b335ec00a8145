import assert from "node:assert/strict";
import { readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openPreview, type OpenedPreview } from "../../../src/preview/openPreview.ts";
import type { RunEnding } from "../../../src/preview/run/previewRun.ts";
import { patientLimits, previewInput, Stage } from "../../faults/stage.ts";

const texts = ["One.", "Two.", "Three."];

describe("The folder of a script's clips", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.set({ texts });
  });

  afterEach(() => stage.clear());

  /** Opens another document beside the stage's, in a workspace around both. */
  const open = async (name: string): Promise<OpenedPreview> => {
    const path = join(stage.home, name);
    const opened = await openPreview(
      {
        uri: `file://${path}`,
        path,
        audioFolder: "",
        workspaceRoot: dirname(stage.home),
        storage: undefined,
        container: "wav",
      },
      { report: () => {}, trace: () => {}, limits: patientLimits, maxConcurrency: () => 1 },
    );
    opened.preview.read(previewInput(texts.join("<flush/>")));
    return opened;
  };
  const run = ({ preview }: OpenedPreview): Promise<RunEnding> =>
    preview.run({ kind: "script" }, () => Promise.resolve(stage.endpoint));
  const documentIn = async (folder: string): Promise<unknown> =>
    JSON.parse(await readFile(join(folder, "manifest.json"), "utf8")).document;

  it("is another one for each of two scripts of one name that were opened before either had clips", async () => {
    const [first, second] = [await open("talk.md"), await open("talk.txt")];
    assert.equal(first.folder, second.folder);
    for (const opened of [first, second]) {
      const { saved, missing, failure } = await run(opened);
      assert.deepEqual([saved, missing, failure], [3, 0, undefined]);
    }
    assert.notEqual(first.folder, second.folder);
    assert.deepEqual(
      [await documentIn(first.folder), await documentIn(second.folder)],
      ["talk.md", "talk.txt"],
    );
    await run(second);
    assert.equal(stage.asked.length, 6, "nothing is said twice");
    assert.equal((await open("talk.txt")).folder, second.folder);
  });

  it("is found for each of many that begin at once, before anything is sent", async () => {
    const opened = await Promise.all(
      ["talk.md", "talk.txt", "talk.speech.md"].map((name) => open(name)),
    );
    const endings = await Promise.all(opened.map(run));
    assert.deepEqual(
      endings.map(({ saved, failure }) => [saved, failure]),
      opened.map(() => [3, undefined]),
    );
    assert.equal(new Set(opened.map(({ folder }) => folder)).size, 3);
    assert.equal(stage.asked.length, 9);
  });

  it("is found anew where another document has taken it in the middle of a run", async () => {
    let other: OpenedPreview | undefined;
    const ours = await open("talk.md");
    await ours.preview.run({ kind: "script" }, async () => {
      await rm(ours.folder, { recursive: true });
      other = await open("talk.txt");
      await run(other);
      return stage.endpoint;
    });
    assert.deepEqual(
      ours.preview.segments().map(({ state }) => state),
      ["ready", "ready", "ready"],
    );
    assert.deepEqual(
      [await documentIn(ours.folder), await documentIn(other?.folder ?? "")],
      ["talk.md", "talk.txt"],
    );
  });

  it("is not left behind by a run that saved nothing", async () => {
    const opened = await open("talk.md");
    const { failure } = await opened.preview.run({ kind: "script" }, () =>
      Promise.reject(new Error("no way there")),
    );
    assert.ok(failure);
    assert.deepEqual(await readdir(stage.home), []);
  });

  it("is never made again where the script's own folder was renamed during the run", async () => {
    const opened = await open("talk.md");
    await opened.preview.run({ kind: "segment", segment: 0 }, () =>
      Promise.resolve(stage.endpoint),
    );
    const moved = join(dirname(stage.home), "moved");
    const { failure, saved } = await opened.preview.run({ kind: "script" }, async () => {
      await rename(stage.home, moved);
      return stage.endpoint;
    });
    const there = await readdir(dirname(stage.home));
    await rename(moved, stage.home);
    assert.deepEqual(there, ["moved"]);
    assert.equal(saved, 0);
    assert.match(failure?.message ?? "", /home” is gone: it was renamed, moved or deleted/);
    assert.equal((await open("talk.md")).preview.segments()[0]?.state, "ready");
  });
});
