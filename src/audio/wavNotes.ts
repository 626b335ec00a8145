import {
  chunksOf,
  concatenate,
  decodeText,
  encodeChunk,
  encodeText,
  readId,
  viewOf,
  words32,
} from "./riff.ts";

/** What a WAV file says about itself, in its `INFO` list. */
export interface WavInfo {
  /** `INAM` */
  readonly title?: string;
  /** `ICMT` */
  readonly comment?: string;
  /** `ISFT` */
  readonly software?: string;
}

/** A named place, or a named stretch, of the sound. */
export interface WavCue {
  /** Where it begins, in samples from the start. */
  readonly sample: number;
  /** How many samples it lasts; 0 for a place. */
  readonly length: number;
  readonly label: string;
}

/** What a WAV file says beside its samples. */
export interface WavNotes {
  readonly info: WavInfo;
  /** In the order of their places. */
  readonly cues: readonly WavCue[];
}

/** The names of our texts in the `INFO` list. */
const infoIds = { title: "INAM", comment: "ICMT", software: "ISFT" } as const;

/**
 * The chunks that say `notes` beside `count` samples: `cue ` with a `LIST adtl` of labels, then `LIST INFO`.
 * Cues outside the sound are moved to its edge.
 */
export function encodeWavNotes({ info, cues }: WavNotes, count: number): Uint8Array {
  return concatenate([encodeCues(cues, count), encodeInfo(info)]);
}

function encodeCues(cues: readonly WavCue[], count: number): Uint8Array {
  if (cues.length === 0) return new Uint8Array();
  const places = cues.map(({ sample }) => clamp(sample, count));
  const points = places.map((place, index) => words32(index + 1, place, "data", 0, 0, place));
  const labels = cues.map(({ label }, index) =>
    encodeChunk("labl", words32(index + 1), encodeText(label)),
  );
  const stretches = cues.flatMap(({ sample, length }, index) => {
    const place = places[index] ?? 0;
    const lasts = clamp(sample + length, count) - place;
    // Name, length, purpose, then country, language, dialect and code page, which are nobody's here.
    return lasts > 0 ? [encodeChunk("ltxt", words32(index + 1, lasts, "rgn ", 0, 0))] : [];
  });
  return concatenate([
    encodeChunk("cue ", words32(cues.length), ...points),
    encodeChunk("LIST", words32("adtl"), ...labels, ...stretches),
  ]);
}

function encodeInfo(info: WavInfo): Uint8Array {
  const texts = (["title", "comment", "software"] as const).flatMap((key) => {
    const text = info[key];
    return text === undefined ? [] : [encodeChunk(infoIds[key], encodeText(text))];
  });
  return texts.length === 0 ? new Uint8Array() : encodeChunk("LIST", words32("INFO"), ...texts);
}

function clamp(sample: number, count: number): number {
  return Math.max(0, Math.min(Math.round(sample) || 0, count));
}

/**
 * What a run of chunks says beside the samples. Where something is said twice, the last word counts.
 * Never throws, whatever the bytes.
 */
export function readWavNotes(chunks: Uint8Array): WavNotes {
  const info: { -readonly [key in keyof WavInfo]: WavInfo[key] } = {};
  const places = new Map<number, number>();
  const labels = new Map<number, string>();
  const lengths = new Map<number, number>();
  for (const { id, start, end } of chunksOf(chunks, 0)) {
    const content = chunks.subarray(start, end);
    if (id === "cue ") readCuePoints(content, places);
    if (id !== "LIST") continue;
    for (const entry of chunksOf(content, 4)) {
      const body = content.subarray(entry.start, entry.end);
      if (readId(content, 0) === "INFO") {
        if (entry.id === infoIds.title) info.title = decodeText(body);
        if (entry.id === infoIds.comment) info.comment = decodeText(body);
        if (entry.id === infoIds.software) info.software = decodeText(body);
      } else if (readId(content, 0) === "adtl" && body.length >= 4) {
        const cue = viewOf(body).getUint32(0, true);
        if (entry.id === "labl") labels.set(cue, decodeText(body.subarray(4)));
        if (entry.id === "ltxt" && body.length >= 8) {
          lengths.set(cue, viewOf(body).getUint32(4, true));
        }
      }
    }
  }
  const cues = Array.from(places, ([cue, sample]) => ({
    sample,
    length: lengths.get(cue) ?? 0,
    label: labels.get(cue) ?? "",
  }));
  return { info, cues: cues.sort((a, b) => a.sample - b.sample) };
}

/** Cue points are 24 bytes each: name, position, chunk, chunk start, block start, sample offset. */
function readCuePoints(content: Uint8Array, places: Map<number, number>): void {
  const view = viewOf(content);
  for (let offset = 4; offset + 24 <= content.length; offset += 24) {
    places.set(view.getUint32(offset, true), view.getUint32(offset + 20, true));
  }
}
