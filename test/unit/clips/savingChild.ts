import { ClipStore } from "../../../src/clips/clipStore.ts";
import { newClip, wanted } from "./scratch.ts";

/**
 * A process that saves and arranges clips in the folder `argv[2]`, in the container `argv[3]`, until it is killed. It says
 * when it has begun.
 */
const [, , folder = "", container] = process.argv;
const store = await ClipStore.open({
  folder,
  documentName: "talk.md",
  container: container === "raw" ? "raw" : "wav",
});
const identities = ["a", "b", "c", "d", "e"];
for (let turn = 0; ; turn++) {
  const identity = identities[(turn * 3) % 5] ?? "";
  await store.save(newClip(turn % 4, identity));
  if (turn === 0) process.stdout.write("begun\n");
  if (turn % 3 === 2)
    await store.arrange(wanted(...identities.map((_, at) => identities[(at + turn) % 5])));
}
