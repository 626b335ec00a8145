/**
 * `npm run bench`: measures, and prints what it measured. Nothing here passes or fails by a time.
 *
 *     npm run bench                       all
 *     npm run bench -- scanner clips …    these only: scanner, clips, concurrency, latency, panel, rows, words, freshness,
 *                                         providers, keystroke
 */
import { cpus, loadavg } from "node:os";
import { requireChromium } from "../support/vscode/chromium.ts";
import { packExtension } from "../tools/packExtension.ts";
import { benchClips } from "./clips.ts";
import { benchConcurrency } from "./concurrency.ts";
import { benchFreshness } from "./freshness.ts";
import { benchKeystroke } from "./keystroke.ts";
import { benchLatency } from "./latency.ts";
import { benchPanel } from "./panel.ts";
import { benchProviders } from "./providers.ts";
import { benchRows } from "./rows.ts";
import { benchScanner } from "./scanner.ts";
import { benchWords } from "./words.ts";

const benches: Readonly<Record<string, () => Promise<void>>> = {
  scanner: benchScanner,
  clips: benchClips,
  concurrency: benchConcurrency,
  latency: benchLatency,
  panel: benchPanel,
  rows: benchRows,
  words: benchWords,
  freshness: benchFreshness,
  providers: benchProviders,
  keystroke: benchKeystroke,
};

/** Those that run the packed extension in a real VS Code. */
const inVscode: ReadonlySet<string> = new Set(["latency", "panel", "words", "keystroke"]);

process.exitCode = await runBenches(process.argv.slice(2));

async function runBenches(asked: readonly string[]): Promise<number> {
  const known = Object.keys(benches);
  const unknown = asked.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no bench "${unknown}". Benches: ${known.join(", ")}.`);
    return 2;
  }
  const wanted = known.filter((name) => asked.length === 0 || asked.includes(name));
  if (wanted.some((name) => inVscode.has(name))) {
    process.env["CHROMIUM_PATH"] = await requireChromium();
    await packExtension();
  }
  for (const name of wanted) {
    await benches[name]?.();
    // Other work on the machine is in the numbers: ratios bear it, milliseconds do not.
    console.log(`  (${cpus().length} processors, load ${loadavg()[0]?.toFixed(1)})`);
  }
  return 0;
}
