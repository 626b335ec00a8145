export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** A segment's index or a run's number. */
export function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

/** Of seconds, milliseconds and the like. */
export function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}

/** A place in a transcript. */
export function isPlace(value: unknown): value is { readonly from: number; readonly to: number } {
  return isRecord(value) && isIndex(value.from) && isIndex(value.to);
}

export function isStretch(
  value: unknown,
): value is { readonly start: number; readonly end: number } {
  return isRecord(value) && isAmount(value.start) && isAmount(value.end);
}

export function isString(value: unknown): value is string {
  return typeof value === "string";
}

export function isBoolean(value: unknown): value is boolean {
  return typeof value === "boolean";
}

export function isBytes(value: unknown): value is Uint8Array<ArrayBuffer> {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer;
}

export function isOptional<T>(
  value: unknown,
  is: (value: unknown) => value is T,
): value is T | undefined {
  return value === undefined || is(value);
}

/** `Array.from` makes the holes of a sparse array visible to the check. */
export function isListOf<T>(
  value: unknown,
  is: (value: unknown) => value is T,
): value is readonly T[] {
  return Array.isArray(value) && Array.from<unknown>(value).every(is);
}
