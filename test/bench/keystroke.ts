/**
 * What a keystroke in a long script costs, all that the extension does for it together: lenses, symbols, folds, marks, gutter,
 * status bar, the states of all clips, and the look for problems in the pause after it. Measured in a real VS Code, by a
 * profile of its extension host: the time of each sample with a function of ours on its stack.
 */
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runInExtensionHost } from "../support/vscode/extensionHost.ts";
import { outFolder, projectRoot } from "../support/paths.ts";
import { printFigures, type Figure } from "./figures.ts";
import { longScript } from "./longScript.ts";
import { scripts } from "./providers.ts";
import { soundSettings, writeWithClips } from "./scriptWithClips.ts";

/** What was measured of one keystroke, until all that follows it was over. */
export interface Keystroke {
  readonly profile: Profile;
  /** Microseconds of processor time of the extension host's thread. */
  readonly cpu: number;
}

/** A profile as Chrome's DevTools protocol has it; times in microseconds. */
interface Profile {
  readonly nodes: readonly ProfileNode[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

interface ProfileNode {
  readonly id: number;
  readonly callFrame: { readonly functionName: string; readonly url: string };
  readonly children?: readonly number[];
}

/** Types into scripts that have all their clips. */
export async function benchKeystroke(): Promise<void> {
  const out = join(outFolder, "bench-keystroke");
  const results = join(out, "results.json");
  const nameOf = ({ segments, length }: (typeof scripts)[number]): string =>
    `${segments}-segments-of-${length}`;
  await runInExtensionHost({
    source: "test/bench/keystroke",
    out,
    settings: soundSettings,
    workspace: async (folder) => {
      await mkdir(folder, { recursive: true });
      for (const script of scripts) {
        const text = longScript(script.segments, "markdown", script.length);
        await writeWithClips(folder, nameOf(script), { text, seconds: 0.05 });
      }
    },
    env: {
      BENCH_SCRIPTS: scripts.map((script) => `${nameOf(script)}.md`).join(),
      BENCH_RESULTS: results,
    },
  });
  const measured = JSON.parse(await readFile(results, "utf8")) as Record<string, Keystroke[]>;
  for (const [script, keystrokes] of Object.entries(measured)) {
    printFigures(`keystroke: ${script}`, figuresOf(keystrokes.map(workOf)));
  }
}

/** Milliseconds of processor time. */
interface Work {
  readonly ours: number;
  /** By the bundle that did it, or that something else did it for. */
  readonly byBundle: ReadonlyMap<string, number>;
  /** The longest time at a stretch. */
  readonly longest: number;
  /** Of the extension host as a whole, ours included. */
  readonly all: number;
}

function figuresOf(work: readonly Work[]): Figure[] {
  const whole = { name: "the extension host’s work", samples: work.map(({ all }) => all) };
  const bundles = [...new Set(work.flatMap(({ byBundle }) => [...byBundle.keys()]))].sort();
  return [
    { ...whole, unit: "ms" },
    {
      name: "ours, all together",
      samples: work.map(({ ours }) => ours),
      unit: "ms",
      against: whole,
    },
    { name: "  at a stretch, at most", samples: work.map(({ longest }) => longest), unit: "ms" },
    ...bundles.map((bundle) => ({
      name: `  of it: ${bundle}`,
      samples: work.map(({ byBundle }) => byBundle.get(bundle) ?? 0),
      unit: "ms",
    })),
  ];
}

/** How much of the time in which it had something to do the thread had a processor: others want them, too. */
function shareOf({ profile: { nodes, samples, timeDeltas }, cpu }: Keystroke): number {
  const idle = new Set(
    nodes.filter(({ callFrame }) => callFrame.functionName === "(idle)").map(({ id }) => id),
  );
  const busy = samples.reduce(
    (sum, sample, at) => sum + (idle.has(sample) ? 0 : (timeDeltas[at + 1] ?? 0)),
    0,
  );
  return Math.min(1, cpu / busy);
}

function workOf({ profile, cpu }: Keystroke): Work {
  const { nodes, samples, timeDeltas } = profile;
  const owners = ownersOf(nodes);
  const names = new Map(nodes.map(({ id, callFrame }) => [id, callFrame.functionName]));
  const byBundle = new Map<string, number>();
  const share = shareOf({ profile, cpu });
  let [ours, all, longest, stretch] = [0, 0, 0, 0];
  samples.forEach((sample, at) => {
    const ms = ((timeDeltas[at + 1] ?? 0) / 1000) * share; // until the next sample
    const name = names.get(sample) ?? "";
    if (name === "(idle)" || name === "(program)") return void (stretch = 0);
    all += ms;
    const bundle = owners.get(sample);
    if (name === "(garbage collector)" && stretch > 0) {
      ours += ms; // it is ours, where it interrupts us
      longest = Math.max(longest, (stretch += ms));
      byBundle.set(name, (byBundle.get(name) ?? 0) + ms);
      return;
    }
    if (bundle === undefined) return void (stretch = 0);
    ours += ms;
    longest = Math.max(longest, (stretch += ms));
    byBundle.set(bundle, (byBundle.get(bundle) ?? 0) + ms);
  });
  return { ours, all, longest, byBundle };
}

/** For each node the bundle of ours that is innermost on its stack; none where there is none. */
function ownersOf(nodes: readonly ProfileNode[]): ReadonlyMap<number, string> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const owners = new Map<number, string>();
  const visit = (node: ProfileNode, owner: string | undefined): void => {
    const { url } = node.callFrame;
    const own = url.includes(`${projectRoot}/dist/`) ? url.slice(url.lastIndexOf("/") + 1) : owner;
    if (own !== undefined) owners.set(node.id, own);
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child) visit(child, own);
    }
  };
  const [root] = nodes;
  if (root) visit(root, undefined);
  return owners;
}
if (process.argv[1] === import.meta.filename) await benchKeystroke();
