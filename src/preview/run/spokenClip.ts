import { audibleSpan } from "../../audio/audible.ts";
import { bytesPerSample } from "../../audio/pcm.ts";
import type { NewClip } from "../../clips/model/clip.ts";
import type { VoiceOptions } from "../../protocol/clientMessage.ts";
import type { SpokenSegment } from "../../session/context/audioEvent.ts";

/** The clip of a segment that was spoken, as it is saved: half a sample at its end is left out. */
export function spokenClip(
  segment: { readonly index: number; readonly transcript: string; readonly identity: string },
  spoken: SpokenSegment,
  how: {
    readonly sound: VoiceOptions;
    /** The service's name. */
    readonly service: string;
    /** When its transcript was sent, on the performance clock, in milliseconds. */
    readonly sentAt: number;
    /** UTF-16 units sent for it, each time that it was said. */
    readonly characters: number;
  },
): NewClip {
  const { sound, service, sentAt, characters } = how;
  const whole = spoken.samples.length - (spoken.samples.length % bytesPerSample(sound.encoding));
  const samples = spoken.samples.subarray(0, whole);
  const { heard, previousHeard } = spoken;
  const timeToFirstByteMs = heard.first - sentAt;
  const synthesisMs = heard.last - Math.max(sentAt, previousHeard ?? sentAt);
  const audible = audibleSpan(samples, sound);
  return {
    segment: segment.index,
    identity: segment.identity,
    transcript: segment.transcript,
    format: { encoding: sound.encoding, sampleRate: sound.sampleRate },
    samples,
    words: spoken.words,
    service,
    model: sound.model,
    voice: sound.voice,
    characters,
    flushIds: spoken.flushIds,
    timeToFirstByteMs,
    timeToFirstAudibleMs: audible ? timeToFirstByteMs + audible.start * 1000 : null,
    // Where segments' audio came mixed there is no time that was this one's.
    synthesisMs: synthesisMs > 0 ? synthesisMs : null,
    audible: audible ?? null,
    spokenAt: new Date().toISOString(),
  };
}
