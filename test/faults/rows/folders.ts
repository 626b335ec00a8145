import assert from "node:assert/strict";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { namesIn } from "../checkClips.ts";
import { allReady, type Fault, type FaultGroup } from "../fault.ts";
import type { Stage } from "../stage.ts";

const folderIn = (home: string): string => join(home, "talk.speech");

const elsewhere = (home: string): string => join(home, "..", "elsewhere");

/** Puts a link to a folder elsewhere in the place of the folder of clips. */
async function linkOut(home: string): Promise<void> {
  await mkdir(elsewhere(home));
  await symlink(elsewhere(home), folderIn(home));
}

const mine = "mine, not a clip";

/** What is the user's lies in the way at this path, and stays as it is. */
const staysMine =
  (...path: string[]) =>
  async ({ home }: Stage): Promise<void> =>
    assert.equal(await readFile(join(home, ...path), "utf8"), mine);

const obstacles: readonly Fault[] = [
  {
    name: "a file in the folder's place",
    does: "has a file where the folder of clips would be",
    shows: "which file is in the way",
    keeps: "that file",
    stage: () => ({ prepare: (home) => writeFile(folderIn(home), mine) }),
    expected: {
      refused: "not-ours",
      says: /Move or rename that file/,
      asked: 0,
      also: staysMine("talk.speech"),
    },
  },
  {
    name: "a file in the folder's place, later",
    does: "makes that file after the preview was opened",
    shows: "the same",
    keeps: "that file",
    stage: () => ({}),
    beforeRun: ({ home }) => writeFile(folderIn(home), mine),
    expected: {
      refused: "disk",
      says: /Move or rename that file/,
      asked: 0,
      also: staysMine("talk.speech"),
    },
  },
  {
    name: "a strange file in a clip's place",
    does: "has a file of the user's named flush_002.wav",
    shows: "which file is in the way; nothing more is bought",
    keeps: "that file, and the clips before it",
    stage: () => ({
      prepare: async (home) => {
        await mkdir(folderIn(home));
        await writeFile(join(folderIn(home), "flush_002.wav"), mine);
      },
    }),
    expected: {
      failure: "disk",
      says: /flush_002\.wav/,
      strangers: ["flush_002.wav"],
      also: async (stage) => {
        assert.equal(stage.states()[2], "failed");
        await staysMine("talk.speech", "flush_002.wav")(stage);
      },
    },
  },
  {
    name: "a folder that is a link out of the workspace",
    does: "has a link to another folder in the folder's place",
    shows: "that the link leads out",
    keeps: "nothing, there or elsewhere",
    stage: () => ({ prepare: (home) => linkOut(home) }),
    expected: { refused: "outside", says: /is a link that leads out/, asked: 0 },
  },
  {
    name: "a folder that becomes such a link",
    does: "replaces the folder by the link after the preview was opened",
    shows: "the same",
    keeps: "nothing there",
    stage: () => ({}),
    beforeRun: ({ home }) => linkOut(home),
    expected: {
      failure: "disk",
      says: /is a link that leads out/,
      also: async ({ preview, home }) => {
        assert.equal(preview.segments()[0]?.state, "failed");
        assert.deepEqual(await namesIn(elsewhere(home)), []);
      },
    },
  },
];

const manifests: readonly Fault[] = [
  {
    name: "a damaged manifest",
    does: "has a manifest that is no JSON",
    shows: "a warning that names the file it was set aside as",
    keeps: "all clips, a new manifest, and the old one under another name",
    stage: () => ({
      prepare: async (home) => {
        await mkdir(folderIn(home));
        await writeFile(join(folderIn(home), "manifest.json"), '{"version":1,"clips":');
      },
    }),
    expected: {
      states: allReady,
      also: async ({ folder, notices }) => {
        const aside = (await namesIn(folder)).find((name) => name.endsWith(".bad.json"));
        assert.ok(aside && notices.join().includes(aside));
      },
    },
  },
  {
    name: "a manifest of a newer version",
    does: "has a manifest of a newer version of this extension",
    shows: "that, and to update; nothing more is bought",
    keeps: "that manifest as it was",
    stage: () => ({
      prepare: async (home) => {
        await mkdir(folderIn(home));
        await writeFile(
          join(folderIn(home), "manifest.json"),
          '{"version":99,"document":"talk.txt"}',
        );
      },
    }),
    expected: {
      failure: "disk",
      says: /newer version of this extension/,
      also: async ({ folder, preview }) => {
        assert.equal(
          await readFile(join(folder, "manifest.json"), "utf8"),
          '{"version":99,"document":"talk.txt"}',
        );
        assert.equal(preview.segments()[0]?.state, "failed");
      },
    },
  },
];

/** What is found where clips are to lie. */
export const folders: readonly FaultGroup[] = [
  {
    when: "Something that is not ours is in the way: a file, or a link out of the workspace",
    shows: "what, and to move it",
    keeps: "what was there, untouched; the clips before it",
    faults: obstacles,
  },
  {
    when: "The manifest is damaged, or of a newer version",
    shows:
      "a warning that a damaged one is set aside, and written anew, with the next preview; a newer one asks for an update",
    keeps: "all clips; the old manifest, untouched",
    faults: manifests,
  },
];
