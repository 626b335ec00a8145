import assert from "node:assert/strict";
import * as fileSystem from "node:fs/promises";
import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import type { Disk } from "../../../src/clips/model/disk.ts";
import type { PreviewEvent } from "../../../src/preview/scriptPreview.ts";
import { allReadyBut, readyThen, type Fault, type FaultGroup } from "../fault.ts";
import type { Stage } from "../stage.ts";

/** The real disk, which makes no new files from the first on whose name begins with `prefix`. */
function refusing(code: string, prefix: string): Disk {
  let refuses = false;
  return {
    ...fileSystem,
    open: async (path, flags, mode) => {
      refuses ||= basename(String(path)).startsWith(prefix);
      if (!refuses || flags !== "wx") return fileSystem.open(path, flags, mode);
      throw Object.assign(new Error(`${code}: ${String(path)}`), { code });
    },
  };
}

/** Whether this event says that a segment's clip has been saved. */
const isSaved = (event: PreviewEvent, { preview }: Stage, segment: number): boolean =>
  event.type === "changed" &&
  event.segments?.[0] === segment &&
  preview.segments([segment])[0]?.state === "ready";

/** A row in which clips can't be saved any more from the third segment on. */
const refusedFrom = (
  name: string,
  code: string,
  prefix: string,
  ready: number,
  says: RegExp,
): Fault => ({
  name,
  does: `refuses new files (${code})`,
  shows: "what the disk said and what helps, with *Try Again*; nothing more is bought",
  keeps: "the clips that were saved before",
  stage: () => ({ disk: refusing(code, prefix) }),
  expected: {
    failure: "disk",
    says,
    also: ({ preview }) => {
      const states = preview.segments().map(({ state }) => state);
      assert.equal(states[ready], "failed");
      assert.deepEqual(
        states.map((state) => state === "ready"),
        states.map((_state, at) => at < ready),
      );
    },
  },
});

const deletions: readonly Fault[] = [
  {
    name: "a clip deleted during the run",
    does: "deletes the first clip as soon as it is there",
    shows: "that segment as not spoken, the others ready",
    keeps: "the clips of all other segments",
    stage: () => {
      let gone = false;
      return {
        watch: (event, stage) => {
          if (gone || !isSaved(event, stage, 0)) return;
          gone = true;
          rmSync(join(stage.folder, "flush_000.wav"));
        },
      };
    },
    expected: { states: allReadyBut(0, "not spoken"), asked: 5 },
  },
  {
    name: "the folder deleted during the run",
    does: "deletes the folder when the last clip is there",
    shows: "all segments as not spoken",
    keeps: "nothing",
    stage: () => {
      let gone = false;
      return {
        watch: (event, stage) => {
          if (gone || !isSaved(event, stage, 4)) return;
          gone = true;
          rmSync(stage.folder, { recursive: true });
        },
      };
    },
    expected: { states: readyThen(0, "not spoken"), asked: 5 },
  },
];

export const disks: readonly FaultGroup[] = [
  {
    when: "The disk is full, or the folder can't be written",
    shows: "what the disk said and what helps, with *Try Again*; nothing more is asked for",
    keeps: "the clips that were saved before",
    faults: [
      refusedFrom(
        "a full disk",
        "ENOSPC",
        "flush_002.",
        2,
        /disk is full.*2 of 5 segments are saved/,
      ),
      refusedFrom("a folder that can only be read", "EROFS", "", 0, /can only be read/),
      refusedFrom("a folder without permission", "EACCES", "flush_000.", 0, /no permission/),
      refusedFrom(
        "a clip that another program holds",
        "EBUSY",
        "flush_001.",
        1,
        /another program uses it/,
      ),
    ],
  },
  {
    when: "A clip, or the folder, is deleted during a run",
    shows: "those segments as *not spoken*; the next press speaks them",
    keeps: "all other clips",
    faults: deletions,
  },
  {
    when: "VS Code, or the machine, dies in the middle of a run",
    shows: "each segment as ready or not spoken; the next press speaks what is missing",
    keeps: "all clips that were whole; what was half written is removed at the next preview",
    faults: [], // tried with a process of its own: kill.test.ts
  },
];
