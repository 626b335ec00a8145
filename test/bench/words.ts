import type { WordNote } from "./noteWords.ts";
import { markedWords, Story, type Heard, type SaidWord } from "./listenToStory.ts";
import { inBenchWorkbench } from "./benchWorkbench.ts";
import { printFigures, type Figure } from "./figures.ts";

const speeds = [1, 2];
const rounds = 4;

/** The mark on the word that is said: how much later than the word it comes, in the panel and in the editor. */
export async function benchWords(): Promise<void> {
  let story: Story | undefined;
  const write = async (folder: string): Promise<void> => {
    story = await Story.write(folder);
  };
  const settings = { "scriptedSpeech.service": "local" };
  await inBenchWorkbench({ settings, write }, async ({ workbench }) => {
    if (!story) return;
    await workbench.openFile("story.md");
    await workbench.runCommand("Scripted Speech: Open Preview Panel");
    await story.listen(workbench, () => workbench.runCommand("Scripted Speech: Preview Script"));
    const panel = await story.panel(workbench);
    const words = await story.words();
    const figures: Figure[] = [];
    for (const speed of speeds) {
      await panel.getByLabel("Speed").selectOption({ label: `${speed}×` });
      const heard: Heard[] = [];
      for (let round = 0; round < rounds; round++) {
        const playAll = panel.getByRole("button", { name: "Play all" });
        heard.push(await story.listen(workbench, () => playAll.click()));
      }
      const remark = `words last ${(medianLength(words) / speed).toFixed(0)} ms`;
      const late = (of: (one: Heard) => readonly WordNote[]): number[] =>
        heard.flatMap((one) => lateness(words, of(one), one.begin, speed));
      figures.push(
        {
          name: `word in the panel at ${speed}×`,
          samples: late((one) => one.inPanel),
          unit: "ms",
          remark,
        },
        {
          name: `word in the editor at ${speed}×`,
          samples: late((one) => one.inEditor),
          unit: "ms",
          remark,
        },
      );
    }
    printFigures("words: how late they are marked", figures);
  });
}

/** For each word that was marked, in order, how many milliseconds after its begin. */
function lateness(
  words: readonly SaidWord[],
  notes: readonly WordNote[],
  begin: number,
  speed: number,
): number[] {
  let from = 0;
  return words.flatMap(({ text, start }) => {
    const at = notes.findIndex((note, index) => index >= from && markedWords([note])[0] === text);
    const note = notes[at];
    if (!note) return [];
    from = at + 1;
    return [note.time - (begin + (start / speed) * 1000)];
  });
}

function medianLength(words: readonly SaidWord[]): number {
  const lengths = words.map(({ start, middle }) => (middle - start) * 2000).sort((a, b) => a - b);
  return lengths[lengths.length >> 1] ?? NaN;
}
