/**
 * Whether what was read after an edit is what was read before it, but for the value under these keys, which is this one. The
 * order of keys does not matter.
 */
export function isSetTo(
  before: unknown,
  after: unknown,
  keys: readonly string[],
  value: string,
): boolean {
  return isSame(withValue(before, keys, value), after);
}

function withValue(found: unknown, [key, ...below]: readonly string[], value: string): unknown {
  if (key === undefined) return value;
  const inner = isRecord(found) && Object.hasOwn(found, key) ? found[key] : undefined;
  return { ...(isRecord(found) && found), [key]: withValue(inner, below, value) };
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((item, at) => isSame(item, other[at]));
  }
  if (!isRecord(one) || !isRecord(other)) return false;
  const keys = Object.keys(one);
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(one[key], other[key]))
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
