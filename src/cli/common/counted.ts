/** A number and what it counts: "1 segment", "2 segments". `several` is the noun's plural, where it does not just end in "s". */
export function counted(count: number, noun: string, several = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : several}`;
}
