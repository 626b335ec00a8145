import { once } from "node:events";
import { WebSocket } from "ws";
import type { LocalVoice } from "../../../src/localVoice/localVoice.ts";

/** A frame as the service sends it. */
export interface Frame {
  readonly type: string;
  readonly context_id?: string;
  readonly data?: string;
  readonly done?: boolean;
  readonly flush_id?: number;
  readonly flush_done?: boolean;
  readonly status_code?: number;
  readonly step_time?: number;
  readonly error_code?: string | null;
  readonly title?: string;
  readonly message?: string;
  readonly request_id?: string;
  readonly error?: string;
  readonly word_timestamps?: {
    readonly words: readonly string[];
    readonly start: readonly number[];
    readonly end: readonly number[];
  };
}

/** A generation message with all fields that are required, as the official SDK sends it; `fields` go over them. */
export function generation(fields: object): object {
  return {
    model_id: "sonic-3",
    output_format: { container: "raw", encoding: "pcm_f32le", sample_rate: 44100 },
    voice: { mode: "id", id: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b" },
    language: "en",
    transcript: "",
    context_id: "ctx-1",
    ...fields,
  };
}

/** A plain client of the protocol, which keeps every frame. */
export class VoiceClient {
  readonly socket: WebSocket;
  readonly frames: Frame[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.setMaxListeners(0);
    socket.on("message", (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString()) as Frame);
      socket.emit("frame");
    });
  }

  static async connect(voice: LocalVoice, version = "2026-08-14"): Promise<VoiceClient> {
    const socket = new WebSocket(`${voice.url}/tts/websocket`, {
      headers: { Authorization: `Bearer ${voice.token}`, "Cartesia-Version": version },
    });
    const client = new VoiceClient(socket);
    await once(socket, "open");
    return client;
  }

  /** Sends generation messages. */
  say(...messages: readonly object[]): void {
    for (const message of messages) this.sendText(JSON.stringify(generation(message)));
  }

  /** Says one transcript in a context of its own and waits for its end. */
  async sayAll(transcript: string, fields: object = {}): Promise<Buffer> {
    const context_id = `own-${this.frames.length}-${transcript.length}`;
    this.say({ ...fields, context_id, transcript });
    await this.end(context_id);
    return this.audio(context_id);
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** The first frame, of those that came and of those to come, that `matches`. */
  async frame(matches: (frame: Frame) => boolean): Promise<Frame> {
    for (;;) {
      const found = this.frames.find(matches);
      if (found) return found;
      await once(this.socket, "frame");
    }
  }

  /** The context's last frame: `done`, or an error. */
  end(contextId = "ctx-1"): Promise<Frame> {
    return this.frame((frame) => frame.context_id === contextId && frame.done === true);
  }

  /** The context's audio, or that of one of its flush ids. */
  audio(contextId = "ctx-1", flushId?: number): Buffer {
    const chunks = this.frames.filter(
      (frame) =>
        frame.context_id === contextId &&
        frame.type === "chunk" &&
        (flushId === undefined || frame.flush_id === flushId),
    );
    return Buffer.concat(chunks.map((frame) => Buffer.from(frame.data ?? "", "base64")));
  }

  /** What came for a context, in short: `chunk 0` once for a row of them, `flush_done 0`, `done`. */
  story(contextId = "ctx-1"): string[] {
    return this.frames
      .filter((frame) => frame.context_id === contextId)
      .map(({ type, flush_id }) => (flush_id === undefined ? type : `${type} ${flush_id}`))
      .filter((entry, index, all) => entry !== all[index - 1]);
  }
}

/** Samples of pcm_f32le. */
export function floats(bytes: Buffer): Float32Array {
  return Float32Array.from({ length: bytes.length / 4 }, (_, k) => bytes.readFloatLE(4 * k));
}

/** The longest run of samples that are exactly zero. */
export function longestSilence(samples: Float32Array): number {
  let longest = 0;
  let run = 0;
  for (const sample of samples) {
    run = sample === 0 ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** The level in decibels of full scale, over all samples. */
export function level(samples: Float32Array): number {
  return 10 * Math.log10(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
}
