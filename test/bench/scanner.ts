import { parseScript } from "../../src/script/reader/parseScript.ts";
import { scanScript } from "../../src/script/scanner/scan.ts";
import type { ScriptLanguage } from "../../src/script/model/script.ts";
import { measure, printFigures, type Figure } from "./figures.ts";

const kilobyte = 1024;
/** Of 100 characters each: 1 MB, and a tenth of it, which shows whether time grows as the text does. */
const segmentCounts = [10_000, 1_000] as const;

/** How long it takes to cut a text, and to read it, for each kB of it. */
export async function benchScanner(): Promise<void> {
  const figures: Figure[] = [];
  for (const segments of segmentCounts) {
    const text = scriptOf(segments);
    const json = JSON.stringify(text.split("\n"));
    const perKilobyte = async (times: number, work: () => unknown): Promise<number[]> => {
      const samples = await measure(times, work);
      return samples.map((ms) => (ms * 1000) / (text.length / kilobyte));
    };
    const size = `${Math.round(text.length / kilobyte)} kB, ${segments} segments`;
    const split = await perKilobyte(20, () => text.split("<flush/>"));
    const parsed = await perKilobyte(20, () => JSON.parse(json) as unknown);
    const against = { name: "JSON.parse", samples: parsed };
    figures.push(
      { name: `split at "<flush/>", ${size}`, samples: split, unit: "µs/kB", against },
      { name: `JSON.parse of its lines, ${size}`, samples: parsed, unit: "µs/kB" },
    );
    for (const language of ["markdown", "plaintext"] satisfies ScriptLanguage[]) {
      const scanned = await perKilobyte(20, () => scanScript(text, { language }));
      const read = await perKilobyte(5, () => parseScript(text, { language }));
      figures.push(
        { name: `scanScript, ${language}, ${size}`, samples: scanned, unit: "µs/kB", against },
        { name: `parseScript, ${language}, ${size}`, samples: read, unit: "µs/kB", against },
      );
    }
  }
  printFigures("scanner: time for each kB of text", figures);
}

/** A script with something of everything that is looked for. */
function scriptOf(segments: number): string {
  const paragraphs = Array.from({ length: segments }, (_, at) => {
    const marked = ["*stressed*", "`code`", "a [link](https://a.b)", "# no heading"][at % 4];
    return `Sentence ${at + 1} has ${marked} in it, `.padEnd(88, "and some words ").concat(".\n");
  });
  return paragraphs.join("\n<flush/>\n");
}
