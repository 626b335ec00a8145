import assert from "node:assert/strict";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { openPreview, type OpenedPreview } from "../../../src/preview/openPreview.ts";
import type { PreviewTools } from "../../../src/preview/scriptPreview.ts";
import type { RunEnding } from "../../../src/preview/run/previewRun.ts";
import { patientLimits, previewInput, Stage } from "../../faults/stage.ts";
import { makeScratchFolder } from "../clips/scratch.ts";

const texts = ["One.", "Two.", "Three."];

describe("The folder of a script's clips", () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await Stage.set({ texts });
  });

  afterEach(() => stage.clear());

  /** Opens another document beside the stage's, in a workspace around both. */
  const open = async (
    name: string,
    {
      container = "wav",
      report = () => {},
    }: { container?: "wav" | "raw"; report?: PreviewTools["report"] } = {},
  ): Promise<OpenedPreview> => {
    const path = join(stage.home, name);
    const opened = await openPreview(
      {
        uri: `file://${path}`,
        path,
        audioFolder: "",
        workspaceRoot: dirname(stage.home),
        storage: undefined,
        container,
      },
      { report, trace: () => {}, limits: patientLimits, maxConcurrency: () => 1 },
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

  describe("where the script's own folder is gone in the middle of a run", () => {
    const there = (): Promise<string[]> => readdir(dirname(stage.home));
    /** Runs the script, and does something when the first of it is heard. */
    const runWith = async (
      container: "wav" | "raw",
      interrupt: () => Promise<unknown>,
    ): Promise<{ readonly opened: OpenedPreview; readonly ending: RunEnding }> => {
      let interrupted: Promise<unknown> | undefined;
      const opened = await open("talk.md", {
        container,
        report: ({ type }) => {
          if (type === "audio") interrupted ??= interrupt();
        },
      });
      const ending = await run(opened);
      await interrupted;
      return { opened, ending };
    };

    for (const container of ["wav", "raw"] as const) {
      for (const [what, name] of [
        ["renamed", "moved"],
        ["moved into another one", "archive/of/moved"],
      ] as const) {
        it(`is followed, for it was ${what}, and nothing is lost (${container})`, async () => {
          const moved = join(dirname(stage.home), name);
          await mkdir(dirname(moved), { recursive: true });
          const { opened, ending } = await runWith(container, () => rename(stage.home, moved));
          const names = await there();
          await rename(moved, stage.home);
          assert.deepEqual(names, [name.split("/")[0]]);
          assert.deepEqual([ending.saved, ending.failure], [3, undefined]);
          assert.equal(opened.folder, join(moved, "talk.speech"));
          const again = await open("talk.md", { container });
          assert.deepEqual(
            again.preview.segments().map(({ state }) => state),
            ["ready", "ready", "ready"],
          );
          assert.equal(stage.asked.length, 3);
        });
      }
    }

    it("is not made again where it went out of sight, and that is said", async () => {
      const away = await makeScratchFolder();
      const { ending } = await runWith("wav", () => rename(stage.home, join(away, "home")));
      const names = await there();
      await rename(join(away, "home"), stage.home);
      await rm(away, { recursive: true });
      assert.deepEqual(names, []);
      assert.match(
        ending.failure?.message ?? "",
        /home” is gone: it was renamed, moved or deleted/,
      );
    });
  });
});
