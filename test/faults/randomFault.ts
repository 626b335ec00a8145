import fc from "fast-check";
import type { WebSocket } from "ws";
import {
  audioOf,
  type Frame,
  type Habits,
  type Interfere,
} from "../support/fakes/scriptedService.ts";

/** What goes wrong once, or each time, at one frame. */
const kinds = [
  "nothing",
  "break",
  "close",
  "stall",
  "malformed",
  "binary",
  "refusal",
  "server error",
  "no credits",
  "lost",
  "repeated",
  "late",
  "early done",
  "silent segment",
] as const;

export interface RandomFault {
  readonly kind: (typeof kinds)[number];
  /** At which frame of a connection, from 0; of a silent segment, its index. */
  readonly at: number;
  /** Whether it happens on every connection, or on the first alone. */
  readonly lasting: boolean;
}

export interface RandomCase {
  readonly texts: readonly string[];
  /** Segments that are spoken before: they part the others into groups. */
  readonly ready: readonly number[];
  readonly maxConcurrency: number;
  readonly habits: Partial<Habits>;
  readonly fault: RandomFault;
}

const speakable = (text: string): boolean => /\w/.test(text);

const habitsArbitrary = fc.record({
  base: fc.integer({ min: 0, max: 2 }),
  chunkIds: fc.constantFrom<Habits["chunkIds"]>(
    "all",
    "all",
    "none",
    "null",
    "missing for the first segment",
  ),
  flushDone: fc.constantFrom<Habits["flushDone"]>("after", "before", "early", "twice", "never"),
  flushDoneIds: fc.boolean(),
  chunkBytes: fc.constantFrom(13, 64, 300, 16_384),
  words: fc.constantFrom<Habits["words"]>(
    "none",
    "from the context",
    "from the segment",
    "malformed",
  ),
  wordIds: fc.boolean(),
  doneStatus: fc.constantFrom<Habits["doneStatus"]>(200, 206),
  lateAfterCancel: fc.boolean(),
  noise: fc.boolean(),
});

/** Scripts with segments that can't be said, and some that are the same, any habits, and one fault. */
export const randomCase: fc.Arbitrary<RandomCase> = fc
  .record({
    texts: fc.array(fc.constantFrom("A.", "Be it.", "…", "Gamma delta.", "Eta, theta."), {
      minLength: 1,
      maxLength: 6,
    }),
    ready: fc.constantFrom([], [], [1], [2], [1, 3]),
    maxConcurrency: fc.constantFrom(1, 4),
    habits: habitsArbitrary,
    fault: fc.record({
      kind: fc.constantFrom(...kinds),
      at: fc.oneof(fc.nat(8), fc.nat(60)),
      lasting: fc.boolean(),
    }),
  })
  .filter(
    ({ texts, ready, habits, fault }) =>
      texts.some(speakable) &&
      canBeTold(habits, fault) &&
      // A context that ends early can be told by anybody where its last segment had not begun: with one context that is known.
      // One that says what another says is not sent, and parts them into contexts, as one that is ready does.
      (fault.kind !== "early done" || (ready.length === 0 && areDistinct(texts.filter(speakable)))),
  );

const areDistinct = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;

/** Some habits and faults can't be told from others by anybody who sees the frames alone. */
function canBeTold({ base, chunkIds, flushDone }: Partial<Habits>, { kind }: RandomFault): boolean {
  // An id that is missing for the first of several segments that count from 1 says that ids begin at 0.
  if (chunkIds === "missing for the first segment" && base !== 0) return false;
  // Without ids, a boundary in the middle of audio is where the next segment's audio begins.
  if (flushDone === "early" && (chunkIds === "none" || chunkIds === "null")) return false;
  // Without ids, audio that comes late is the audio of the segment that it comes in.
  return kind !== "late" || chunkIds === "all";
}

/** Brings a fault about between `begin` and `lift`. */
export function interfereWith(
  { kind, at, lasting }: RandomFault,
  texts: readonly string[],
): {
  readonly interfere: Interfere;
  readonly mute: readonly string[];
  readonly begin: () => void;
  readonly lift: () => void;
} {
  const spoken = texts.filter(speakable);
  const mute: string[] = [];
  const over = new Set<unknown>();
  const sent = new SentAudio(spoken);
  let isOn = false;
  let first: number | undefined;
  const interfere: Interfere = (frame, { socket, connection, sent: number }) => {
    if (over.has(frame["context_id"])) return false;
    if (!isOn) return true;
    first ??= connection;
    const isMoment = number === at && (lasting || connection === first);
    const what = isMoment ? act(kind, { frame, socket, sent }) : "send";
    if (what === "send") sent.add(frame);
    if (what === "end") over.add(frame["context_id"]);
    return what === "send";
  };
  const begin = (): void => {
    isOn = true;
    if (kind === "silent segment") mute.push(spoken[at % spoken.length] ?? "");
  };
  const lift = (): void => {
    isOn = false;
    mute.length = 0;
  };
  return { interfere, mute, begin, lift };
}

/** What the first context has sent. */
class SentAudio {
  #context: unknown;
  #bytes = 0;
  readonly #bytesBeforeLast: number;
  readonly #chunks: Frame[] = [];

  constructor(spoken: readonly string[]) {
    this.#bytesBeforeLast = spoken
      .slice(0, -1)
      .reduce((sum, text) => sum + audioOf(text).length, 0);
  }

  add(frame: Frame): void {
    const { data, context_id: context } = frame;
    if (frame["type"] !== "chunk" || context === "another" || typeof data !== "string") return;
    this.#context ??= context;
    if (context !== this.#context) return;
    this.#bytes += Buffer.from(data, "base64").length;
    if (data !== "") this.#chunks.push(frame);
  }

  /** Whether this context is the first, and its last segment has not begun: then anybody can tell that it ended early. */
  isBeforeLast(context: unknown): boolean {
    return context === (this.#context ?? context) && this.#bytes < this.#bytesBeforeLast;
  }

  /** A chunk of a segment that is over: another id has come since. */
  chunkOfThePast({ context_id: context, flush_id: id, type, data }: Frame): Frame | undefined {
    if (type !== "chunk" || data === "" || context !== this.#context) return undefined;
    return this.#chunks.find(({ flush_id: other }) => other !== id);
  }
}

/** @returns what becomes of the frame; of an `end`, nothing more of its context is sent. */
function act(
  kind: RandomFault["kind"],
  { frame, socket, sent }: { frame: Frame; socket: WebSocket; sent: SentAudio },
): "send" | "drop" | "end" {
  const { context_id, type } = frame;
  const send = (message: object): void => socket.send(JSON.stringify({ context_id, ...message }));
  switch (kind) {
    case "nothing":
    case "silent segment":
      return "send";
    case "break":
      socket.terminate();
      return "end";
    case "close":
      socket.close(1000, "connection idle timeout");
      return "end";
    case "stall":
      return "end";
    case "malformed":
      socket.send('{"type":');
      return "end";
    case "binary":
      socket.send(Buffer.from([1, 2, 3]));
      return "end";
    case "refusal":
      send({ type: "error", status_code: 400, error: "no" });
      return "end";
    case "server error":
      send({ type: "error", status_code: 500, title: "Internal", context_id: undefined });
      return "end";
    case "no credits":
      send({ type: "error", error_code: "quota_exceeded" });
      return "end";
    case "lost":
      return type === "chunk" ? "send" : "drop"; // lost audio can't be told by anybody
    case "repeated":
      if (type !== "chunk") send(frame); // nor can the same audio twice
      return "send";
    case "late": {
      const past = sent.chunkOfThePast(frame);
      send(frame);
      if (past) send(past);
      sent.add(frame);
      return "drop";
    }
    case "early done":
      if (!sent.isBeforeLast(context_id)) return "send";
      send({ type: "done", done: true });
      return "end";
  }
}
