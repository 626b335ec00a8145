import { setImmediate as nextTurn } from "node:timers/promises";

/** How many of each resource keep this process alive: sockets, timers, files under way. */
export async function countResources(): Promise<ReadonlyMap<string, number>> {
  await nextTurn(); // the caller's own timers are there then, such as a test's time limit
  const counts = new Map<string, number>();
  for (const name of process.getActiveResourcesInfo()) {
    if (name === "GetAddrInfoReqWrap") continue; // the system ends its look-ups itself
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/**
 * The resources that there are now beyond those of `before`. What is being closed gets a moment to end.
 * @param patienceMs how long that moment is at most.
 */
export async function resourcesBeyond(
  before: ReadonlyMap<string, number>,
  patienceMs: number,
): Promise<string[]> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const more = [...(await countResources())].filter(
      ([name, count]) => count > (before.get(name) ?? 0),
    );
    if (more.length === 0 || performance.now() > deadline) return more.map(([name]) => name);
  }
}

/** Waits until `isSo`; gives up after `patienceMs` milliseconds. @returns whether it came to be so. */
export async function eventually(isSo: () => boolean, patienceMs: number): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  while (!isSo() && performance.now() < deadline) await nextTurn();
  return isSo();
}
