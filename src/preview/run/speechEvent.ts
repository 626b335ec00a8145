import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { Word } from "../../protocol/serverMessage.ts";
import type { CharacterLimit } from "../../session/context/characterLimit.ts";
import type { Endpoint } from "../../session/connection/connection.ts";
import type { SpokenSegment } from "../../session/context/audioEvent.ts";
import type { Failure } from "../../session/connection/failure.ts";
import type { SessionTools } from "../../session/context/speakContext.ts";

/** The next audio of a segment. With its run it goes to the page as it stands. */
export interface SegmentAudio {
  readonly type: "audio";
  readonly segment: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What happens while segments are spoken. `segment` is the index in the script. */
export type SpeechEvent =
  | {
      readonly type: "sent";
      readonly segment: number;
      readonly characters: number;
      /** Milliseconds of the performance clock. */
      readonly at: number;
    }
  /** So many characters of a segment went out that is said for its prosody only; nothing else is told of it. */
  | { readonly type: "leadIn"; readonly characters: number }
  | SegmentAudio
  /** The words of this segment as far as its audio has come; they replace those told before. */
  | { readonly type: "words"; readonly segment: number; readonly words: readonly Word[] }
  /** What came for this segment so far, whole or not, is not to be used. */
  | { readonly type: "void"; readonly segment: number }
  /** Others have saved its clip by now: nothing is sent for it. */
  | { readonly type: "ready"; readonly segment: number }
  | { readonly type: "spoken"; readonly segment: number; readonly spoken: SpokenSegment }
  /** Nothing happens for so many milliseconds, because of this failure; then what is not yet spoken is tried again. */
  | { readonly type: "waiting"; readonly ms: number; readonly failure: Failure }
  /** Nothing more will come for this segment in this run. */
  | {
      readonly type: "failed";
      readonly segment: number;
      readonly state: "failed" | "incomplete";
      readonly failure: Failure;
    };

/** What a run speaks with. */
export interface Speech {
  /** Asked each time: the key may change. */
  readonly endpoint: (signal: AbortSignal) => Promise<Endpoint>;
  readonly options: VoiceOptions;
  /** Makes a new context id; one is never used twice. */
  readonly newContextId: () => string;
  /** How many contexts may be open at a time. */
  readonly maxConcurrency: number;
  /** How long to wait before a broken connection is made anew: one wait in milliseconds for each try of a run. */
  readonly retryAfterMs: readonly number[];
  /** How long to wait, once in a run, when the service is at its limit; in milliseconds. */
  readonly rateLimitMs: number;
  /**
   * Looks which of these segments are ready by now, for somebody else has spoken them: another window, or the command line. Asked
   * before anything of a context is sent; never throws. Nobody else speaks, where it is missing.
   */
  readonly readyNow?: ((segments: readonly number[]) => Promise<ReadonlySet<number>>) | undefined;
  readonly tools: Omit<SessionTools, "maySend"> & {
    /** How much may be sent; all, where it is missing. */
    readonly characterLimit?: CharacterLimit | undefined;
  };
}
