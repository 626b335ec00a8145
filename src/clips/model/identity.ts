import { createHash } from "node:crypto";
import type { Encoding } from "../../audio/pcm.ts";

/** Everything that shapes how a clip sounds. */
export interface ClipShape {
  /** Without the white space at its seams. */
  readonly transcript: string;
  /** The voice's id. */
  readonly voice: string;
  readonly model: string;
  readonly language?: string | undefined;
  /** The id of one of the voice's accents. */
  readonly accent?: string | undefined;
  readonly normalization?: string | undefined;
  readonly speed?: number | undefined;
  readonly volume?: number | undefined;
  readonly emotion?: string | undefined;
  /** The id of a pronunciation dictionary at the service. */
  readonly pronunciationDict?: string | undefined;
  readonly encoding: Encoding;
  /** Samples per second. */
  readonly sampleRate: number;
  /** What speaks: the service's name, such as `cartesia` or `local`. */
  readonly service: string;
}

/**
 * The identity of a clip of this shape: 64 hexadecimal digits, the same for the same shape and for no other.
 * What is undefined counts as absent.
 */
export function clipIdentity(shape: ClipShape): string {
  // JSON keeps the fields apart whatever is in them, and lone surrogates too, which UTF-8 alone would not.
  const canonical = JSON.stringify([
    ["transcript", shape.transcript],
    ["voice", shape.voice],
    ["model", shape.model],
    ["language", shape.language],
    ["speed", shape.speed],
    ["volume", shape.volume],
    ["emotion", shape.emotion],
    ["encoding", shape.encoding],
    ["sampleRate", shape.sampleRate],
    ["service", shape.service],
    // What came later stands only where it is set: the identities of clips without it stay as they were.
    ...(["pronunciationDict", "accent", "normalization"] as const).flatMap((field) =>
      shape[field] === undefined ? [] : [[field, shape[field]]],
    ),
  ]);
  return createHash("sha256").update(canonical).digest("hex");
}
