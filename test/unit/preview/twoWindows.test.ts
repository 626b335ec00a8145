import assert from "node:assert/strict";
import { join } from "node:path";
import { openPreview } from "../../../src/preview/openPreview.ts";
import type { RunRequest } from "../../../src/preview/plan/plan.ts";
import { checkClips } from "../../faults/checkClips.ts";
import { previewInput, shortLimits, Stage } from "../../faults/stage.ts";

describe("Two windows on one script", () => {
  const texts = ["One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Seven."];
  let stage: Stage;
  afterEach(() => stage.clear());

  /** Says segments of the same document in another window, or on the command line. */
  const sayInOther = async (segments: readonly number[]): Promise<void> => {
    const path = join(stage.home, "talk.txt");
    const { preview } = await openPreview(
      {
        uri: `file://${path}`,
        path,
        audioFolder: "",
        workspaceRoot: undefined,
        storage: undefined,
        container: "wav",
      },
      { report: () => {}, trace: () => {}, limits: shortLimits },
    );
    preview.read(previewInput(texts.join("<flush/>")));
    for (const segment of segments) {
      await preview.run({ kind: "segment", segment }, () => Promise.resolve(stage.endpoint));
    }
  };

  /** The third segment is ready; the other window says some when this one has planned what it sends, and sent nothing. */
  const press = async (
    meanwhile: readonly number[],
    request: RunRequest = { kind: "script" },
  ): Promise<readonly (readonly string[])[]> => {
    let isPlanned = false;
    stage = await Stage.set({
      texts,
      endpoint: async () => {
        if (isPlanned) await sayInOther(meanwhile);
        return stage.endpoint;
      },
    });
    await stage.open();
    await stage.run({ kind: "segment", segment: 2 });
    isPlanned = true;
    const before = stage.asked.length + meanwhile.length;
    const ending = await stage.run(request);
    assert.equal(ending.failure, undefined, ending.failure?.message);
    assert.deepEqual(stage.states(), Array(7).fill("ready"));
    await checkClips(stage);
    const contexts = new Map<unknown, string[]>();
    for (const { context_id: id, transcript } of stage.service.frames) {
      if (typeof transcript !== "string" || transcript === "") continue;
      contexts.set(id, [...(contexts.get(id) ?? []), transcript]);
    }
    const own = [...contexts.values()].slice(before);
    assert.equal(ending.characters, own.flat().join("").length, "what it sent itself");
    return own;
  };

  it("send nothing that the other has saved before a context begins", async () => {
    assert.deepEqual(await press([0, 3, 5]), [["Two."], ["Five."], ["Seven."]]);
  });

  it("send nothing at all where the other has said everything", async () => {
    assert.deepEqual(await press([0, 1, 3, 4, 5, 6]), []);
  });

  it("send all where the other has said nothing, in as few contexts as before", async () => {
    assert.deepEqual(await press([]), [
      ["One. ", "Two."],
      ["Four. ", "Five. ", "Six. ", "Seven."],
    ]);
  });

  it("say again what is asked for again, whoever has said it", async () => {
    const again = { kind: "range", first: 3, last: 4, again: true } as const;
    assert.deepEqual(await press([0, 1, 3, 4, 5, 6], again), [["Four. ", "Five."]]);
  });
});
