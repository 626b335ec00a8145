import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Frame } from "playwright-core";
import { secondsOf } from "../../src/audio/pcm.ts";
import { readWav } from "../../src/audio/wav.ts";
import type { Workbench } from "../support/vscode/openWorkbench.ts";
import { noteEditorWords, notePanelWords, readNotes, type WordNote } from "./noteWords.ts";

const name = "story.md";
const segments = 3;
const text = `# A story

The *quick* brown fox jumps over the **lazy** dog, and it does not look back.

<flush/>

Nobody [saw the fox](https://example.com) again for a whole summer.

<flush/>

Then, one morning, there it stood.
`;

/** What was marked while a story was heard. */
export interface Heard {
  readonly inPanel: readonly WordNote[];
  readonly inEditor: readonly WordNote[];
  /** When its first sample was to be heard, in milliseconds since 1970. */
  readonly begin: number;
}

/** A word of the story; times in seconds from the start of its audio as a whole. */
export interface SaidWord {
  readonly text: string;
  readonly start: number;
  readonly middle: number;
}

/** A short Markdown story of three segments, and the words that are marked while it is heard in a real VS Code. */
export class Story {
  readonly file: string;
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
    this.file = join(folder, name);
  }

  static async write(folder: string): Promise<Story> {
    const story = new Story(folder);
    await writeFile(story.file, text);
    return story;
  }

  /** The page of its panel. */
  async panel(workbench: Workbench): Promise<Frame> {
    const { frame } = await workbench.webview((title) => title.includes(name));
    return frame;
  }

  /** Notes the words that are marked from `start` on until there is silence. The panel is open. */
  async listen(workbench: Workbench, start: (panel: Frame) => Promise<void>): Promise<Heard> {
    const panel = await this.panel(workbench);
    await panel.evaluate(notePanelWords);
    await workbench.page.evaluate(noteEditorWords);
    await start(panel);
    await panel.locator("[aria-current=true]").first().waitFor();
    await panel.waitForFunction(() => !document.querySelector("[aria-current=true]"), null, {
      timeout: 30_000,
    });
    const { words: inPanel, begin = NaN } = await panel.evaluate(readNotes);
    const { words: inEditor } = await workbench.page.evaluate(readNotes);
    return { inPanel, inEditor, begin };
  }

  /** Its words as its clips tell them. */
  async words(): Promise<SaidWord[]> {
    let begin = 0;
    const words: SaidWord[] = [];
    for (let segment = 0; segment < segments; segment++) {
      const clip = join(this.#folder, "story.speech", `flush_00${segment}.wav`);
      const { format, samples, cues } = readWav(await readFile(clip));
      for (const { sample, length, label } of cues) {
        const start = begin + sample / format.sampleRate;
        words.push({ text: bare(label), start, middle: start + length / 2 / format.sampleRate });
      }
      begin += secondsOf(samples.length, format);
    }
    return words;
  }
}

/** The words that were marked, one after the other. */
export function markedWords(notes: readonly WordNote[]): string[] {
  return notes.flatMap(({ text: word }) => (word === "" ? [] : [bare(word)]));
}

/** The words that were marked at some time between these two. */
export function markedBetween(notes: readonly WordNote[], from: number, to: number): string[] {
  return notes
    .filter(({ time }, at) => time <= to && (notes[at + 1]?.time ?? Infinity) > from)
    .map(({ text: word }) => bare(word));
}

/** Without the punctuation around it, which a mark need not have. */
function bare(word: string): string {
  return word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "").toLowerCase();
}
