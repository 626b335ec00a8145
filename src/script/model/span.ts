/** A stretch of the document, in UTF-16 units: `start` is inside, `end` is not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}
