import { connect } from "../../../src/session/connection/connection.ts";
import { isFailure } from "../../../src/session/connection/failure.ts";
import { sessionLimits, speakContext } from "../../../src/session/context/speakContext.ts";

/** What is said to whom. */
export interface Saying {
  readonly url: string;
  readonly transcripts: readonly string[];
}

/** What came of it. */
export interface Said {
  readonly code: string | undefined;
  readonly message: string | undefined;
  /** Seconds of audio, words and segments that were spoken. */
  readonly seconds: number;
  readonly words: number;
  readonly spoken: number;
  /** Characters of the log. */
  readonly logged: number;
}

const options = {
  model: "sonic-3",
  voice: "V",
  language: "en",
  encoding: "pcm_f32le",
  sampleRate: 44100,
} as const;

/** Long enough for the busiest machine: what has no end is to end by what it is, not by when it comes. */
const limits = {
  ...sessionLimits,
  connectMs: 600_000,
  firstAudioMs: 600_000,
  nextAudioMs: 600_000,
};

/** Says transcripts over one context of a service, as a run does. */
export async function work({ url, transcripts }: Saying): Promise<Said> {
  const { signal } = new AbortController();
  let logged = 0;
  const trace = (line: string): void => void (logged += line.length);
  const connection = await connect(
    { url, headers: {}, version: "2026-08-14" },
    limits.connectMs,
    signal,
    trace,
  );
  let [bytes, words, spoken] = [0, 0, 0];
  let failure: unknown;
  try {
    const tools = { limits, trace, signal };
    const request = { contextId: "flooded", options, transcripts };
    for await (const event of speakContext(connection, request, tools)) {
      if (event.type === "audio") bytes += event.bytes.length;
      if (event.type !== "spoken") continue;
      spoken++;
      words += event.segment.words.length;
    }
  } catch (error) {
    failure = error;
  } finally {
    await connection.close(100);
  }
  const told = isFailure(failure) ? failure : undefined;
  if (failure !== undefined && !told) throw failure as Error;
  const seconds = bytes / 4 / options.sampleRate;
  return { code: told?.code, message: told?.message, seconds, words, spoken, logged };
}
