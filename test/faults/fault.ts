import type { ClipErrorCode } from "../../src/clips/model/clipError.ts";
import type { SegmentState } from "../../src/preview/scriptPreview.ts";
import type { FailureCode } from "../../src/session/connection/failure.ts";
import type { Stage, Staging } from "./stage.ts";

/** One row of the matrix: something goes wrong, and what comes of it. */
export interface Fault {
  readonly name: string;
  /** What the service, the network, the disk or the user does. */
  readonly does: string;
  /** What the user sees. */
  readonly shows: string;
  /** What is on disk afterwards. */
  readonly keeps: string;
  /** Brings it about; made anew for each try. The script is `fiveTexts`, unless it says another. */
  readonly stage: () => Partial<Staging>;
  /** Between opening the preview and the press. */
  readonly beforeRun?: (stage: Stage) => Promise<void>;
  /** The press, where it is not a plain *Preview Script*. */
  readonly press?: (stage: Stage) => ReturnType<Stage["run"]>;
  readonly expected: Expected;
  /** What is otherwise where several contexts may be open at a time: then one may fail while others go well. */
  readonly inParallel?: Partial<Expected>;
}

export interface Expected {
  /** By segment; where it is missing, each is ready or as before the press. */
  readonly states?: readonly SegmentState[];
  /** The run's one failure; none where it is missing. */
  readonly failure?: FailureCode;
  /** What the one message says. */
  readonly says?: RegExp;
  /** Opening, or the press, fails with this instead. */
  readonly refused?: ClipErrorCode;
  readonly stopped?: true;
  /** Of how many pauses the user is told. */
  readonly waits?: number;
  /** How many transcripts the service is asked for at most. */
  readonly asked?: number;
  /** Files in the folder of clips that the extension did not make. */
  readonly strangers?: readonly string[];
  /** More that must hold. */
  readonly also?: (stage: Stage) => Promise<void> | void;
}

/** Faults that are one to the user: a line of media/docs/faults.md. */
export interface FaultGroup {
  readonly when: string;
  readonly shows: string;
  readonly keeps: string;
  readonly faults: readonly Fault[];
}

/** The script that faults are tried on: more segments than are sent ahead. */
export const fiveTexts = ["One.", "Two.", "Three.", "Four.", "Five."] as const;

export const allReady: readonly SegmentState[] = fiveTexts.map(() => "ready");

/** So many segments are ready, and the others are in another state. */
export function readyThen(count: number, state: SegmentState): readonly SegmentState[] {
  return fiveTexts.map((_text, at) => (at < count ? "ready" : state));
}

/** All segments are ready but one. */
export function allReadyBut(segment: number, state: SegmentState): readonly SegmentState[] {
  return fiveTexts.map((_text, at) => (at === segment ? state : "ready"));
}
