/** Which part of a script a press of Preview is for. */
export type RunScope =
  | { readonly kind: "script" }
  | { readonly kind: "segment"; readonly segment: number }
  /** All from the first to the last, both included. */
  | { readonly kind: "range"; readonly first: number; readonly last: number }
  | { readonly kind: "from"; readonly segment: number };

/** What planning needs to know of a segment. */
export interface PlannableSegment {
  readonly index: number;
  readonly transcript: string;
  readonly seam: string;
  readonly speakable: boolean;
}

/** One segment that is to be spoken. */
export interface SpeechTask {
  /** The segment's index in the script. */
  readonly segment: number;
  /** Without the seam. */
  readonly transcript: string;
  /** White space to be sent at its end when the next task of the group follows in the same context. */
  readonly seam: string;
}

/** What a run does. */
export interface RunPlan {
  /** The segments to be heard, in the script's order, whether they need speech or have a clip. */
  readonly play: readonly number[];
  /** The segments that need speech; those of one group are neighbours and share a context. */
  readonly groups: readonly (readonly SpeechTask[])[];
  /** UTF-16 units of all transcripts that are to be sent, seams included. */
  readonly characters: number;
}

/**
 * Plans a run: what is ready is not said again, and what is to be said goes in as few contexts as possible, so that
 * neighbours keep their prosody. Segments without anything to say do not part neighbours.
 */
export function planRun(
  segments: readonly PlannableSegment[],
  scope: RunScope,
  isReady: (segment: number) => boolean,
): RunPlan {
  const wanted = segments.filter(({ index, speakable }) => speakable && includes(scope, index));
  const groups: SpeechTask[][] = [];
  let neighbours = false;
  for (const { index, transcript, seam } of wanted) {
    const needsSpeech = !isReady(index);
    if (needsSpeech) {
      const task: SpeechTask = { segment: index, transcript, seam };
      if (neighbours) groups.at(-1)?.push(task);
      else groups.push([task]);
    }
    neighbours = needsSpeech;
  }
  const characters = groups.flatMap(transcriptsOf).reduce((sum, text) => sum + text.length, 0);
  return { play: wanted.map(({ index }) => index), groups, characters };
}

/** What is sent for the tasks of one context: joined, they read as the script does, with nothing after the last. */
export function transcriptsOf(group: readonly SpeechTask[]): string[] {
  return group.map(({ transcript, seam }, at) =>
    at < group.length - 1 ? transcript + seam : transcript,
  );
}

function includes(scope: RunScope, index: number): boolean {
  switch (scope.kind) {
    case "script":
      return true;
    case "segment":
      return index === scope.segment;
    case "range":
      return index >= scope.first && index <= scope.last;
    case "from":
      return index >= scope.segment;
  }
}
