/** A stretch of a context's audio that its frames hold together: that of one segment, where they prove it. */
export interface Stretch {
  /** Its place among the stretches, which is the order in which they began, from 0. */
  readonly index: number;
  /** Its flush id; `undefined` as long as no chunk of the context carries one. */
  readonly id: number | undefined;
  /**
   * The position of its segment in the context, from 0, by what is known now; negative, or beyond the last segment, where it
   * belongs to none.
   */
  readonly position: number;
  /** Whether it may lack some of its segment's audio, or have some of another's. */
  readonly doubtful: boolean;
  /** Whether all of its audio has come, as far as frames tell. */
  readonly closed: boolean;
  /** Whether no segment can lie between it and the stretch before, but for those that had no audio. */
  readonly linked: boolean;
  /** Whether its last chunk had no id. */
  readonly endsWithoutId: boolean;
}
