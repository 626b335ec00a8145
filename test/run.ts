/**
 * `npm test`: everything that can be checked, then the counts.
 *
 *     npm test                            all steps
 *     npm test -- check unit …            these steps only: check, package, unit, integration, page, ui, sound, lint
 *     npm test -- more                    by name only, for time: a German VS Code, and voices; what they look at is tested part
 *                                         by part in the others
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { outcomeOfProgram, outcomeOfTests, summarize } from "./tally.ts";
import type { MochaResults, StepOutcome } from "./tally.ts";
import { requireChromium } from "./vscode/chromium.ts";
import { packExtension } from "./vscode/packExtension.ts";
import { outFolder, projectRoot } from "./vscode/paths.ts";
import { runProcess } from "./vscode/processes.ts";
import { installVscodeServer } from "./vscode/vscodeServerInstall.ts";

/** How long a program may take, in ms. */
const LIMIT = 12 * 60_000;

/** How many processes of unit tests run side by side: a continuous integration has two cores. */
const UNIT_LANES = 2;

/** In how many parts the unit tests run: which lane is done with one takes the next. */
const UNIT_PARTS = 6;
const unitParts = Array.from({ length: UNIT_PARTS }, (_, part) => part);

/** What is done of a step, side by side. */
const STEPS: Readonly<Record<string, readonly (() => Promise<StepOutcome[]>)[]>> = {
  check: [
    async () => [
      await runTool("Type check", "typescript/bin/tsc", ["-b"]),
      await runTool("Format", "prettier/bin/prettier.cjs", ["--check", "--log-level=warn", "."]),
    ],
  ],
  package: [async () => [await runPackage()]],
  fetch: [async () => [await runFetch()]],
  unit: Array.from({ length: UNIT_LANES }, () => runUnitParts),
  integration: [async () => [await runTestFile("Integration tests", "integrationTests.ts")]],
  page: [async () => [await runTestFile("Page tests", "pageTests.ts")]],
  ui: [async () => [await runTestFile("UI tests", "uiTests.ts", ["ui"])]],
  sound: [async () => [await runTestFile("UI tests of sound", "uiTests.ts", ["sound"])]],
  lint: [async () => [await runTool("Lint", "eslint/bin/eslint.js", ["."])]],
  more: [async () => [await runTestFile("More UI tests", "uiTests.ts", ["more"])]],
};

/**
 * What runs side by side, group after group, and in each group steps one after the other: there are two cores. What runs beside
 * UI tests mostly waits, as they do. Those of sound are alone: they look at when things happen.
 */
const GROUPS: readonly (readonly (readonly string[])[])[] = [
  [["check"], ["package", "lint"], ["fetch"]],
  [["unit"]],
  [["integration", "page"], ["ui"]],
  [["sound"]],
  [["more"]],
];

/** What a step needs to have been done. What runs in VS Code runs the extension as it is now. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  integration: ["package"],
  page: ["fetch"],
  ui: ["package", "fetch"],
  sound: ["package", "fetch"],
  more: ["package", "fetch"],
};

process.exitCode = await runSteps(process.argv.slice(2));

async function runSteps(asked: readonly string[]): Promise<number> {
  const unknown = asked.filter((name) => !(name in STEPS));
  if (unknown.length > 0) {
    console.error(`There is no step "${unknown[0]}". Steps: ${Object.keys(STEPS).join(", ")}.`);
    return 2;
  }
  await rm(join(outFolder, "profiles"), { recursive: true, force: true });
  await rm(join(outFolder, "screenshots"), { recursive: true, force: true });
  const usual = Object.keys(STEPS).filter((name) => name !== "more");
  const wanted = new Set(asked.length > 0 ? asked : usual);
  for (const name of [...wanted]) for (const needed of NEEDS[name] ?? []) wanted.add(needed);
  const outcomes: StepOutcome[] = [];
  for (const group of GROUPS) {
    const lanes = group.map((names) => () => runStepsOf(names.filter((name) => wanted.has(name))));
    outcomes.push(...(await runSideBySide(lanes)));
  }
  console.log(`\n${summarize(outcomes)}`);
  return outcomes.some(({ failed }) => failed.length > 0) ? 1 : 0;
}

async function runStepsOf(names: readonly string[]): Promise<StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const name of names) outcomes.push(...(await runSideBySide(STEPS[name] ?? [])));
  return outcomes;
}

async function runUnitParts(): Promise<StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (let part = unitParts.shift(); part !== undefined; part = unitParts.shift()) {
    const step = `Unit tests, part ${part + 1}`;
    outcomes.push(await runTestFile(step, "unitTests.ts", [`${part}`, `${UNIT_PARTS}`]));
  }
  return outcomes;
}

async function runSideBySide(
  lanes: readonly (() => Promise<readonly StepOutcome[]>)[],
): Promise<StepOutcome[]> {
  return (await Promise.all(lanes.map((run) => run()))).flat();
}

async function runTool(step: string, tool: string, args: readonly string[]): Promise<StepOutcome> {
  return timed(step, async () => {
    const file = join(projectRoot, "node_modules", tool);
    return outcomeOfProgram(step, (await runNode([file, ...args])) === 0);
  });
}

function runPackage(): Promise<StepOutcome> {
  return timed("Package", () => succeeds("Package", packExtension));
}

/** Has what tests are run in; where it is not here yet, it is downloaded: while others compute, and before two want it. */
function runFetch(): Promise<StepOutcome> {
  const step = "VS Code and Chromium";
  return timed(step, () =>
    succeeds(step, async () => {
      await requireChromium();
      await installVscodeServer();
    }),
  );
}

async function succeeds(step: string, run: () => Promise<void>): Promise<StepOutcome> {
  const succeeded = await run().then(
    () => true,
    (error: unknown) => (console.error(String(error)), false),
  );
  return outcomeOfProgram(step, succeeded);
}

/** `args` are for the file; the results of each call lie in a file of their own. */
async function runTestFile(
  step: string,
  file: string,
  args: readonly string[] = [],
): Promise<StepOutcome> {
  return timed(step, async () => {
    const results = join(outFolder, "results", `${[file, ...args].join("-")}.json`);
    await mkdir(join(outFolder, "results"), { recursive: true });
    await rm(results, { force: true });
    // Each line says whose it is: others run beside it.
    const prefix = `${step} │ `;
    const code = await runNode([join(import.meta.dirname, file), results, ...args], { prefix });
    return outcomeOfTests(step, await readResults(results), code);
  });
}

async function readResults(file: string): Promise<MochaResults | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as MochaResults);
}

function runNode(
  args: readonly string[],
  more: { readonly prefix?: string } = {},
): Promise<number> {
  return runProcess(process.execPath, args, { cwd: projectRoot, limit: LIMIT, ...more });
}

async function timed(step: string, run: () => Promise<StepOutcome>): Promise<StepOutcome> {
  console.log(`\n── ${step}`);
  const start = performance.now();
  const outcome = await run();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const verdict = outcome.failed.length > 0 ? "FAILED" : "passed";
  console.log(`   ${step}: ${verdict} in ${seconds} s`);
  return outcome;
}
