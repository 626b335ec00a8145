/**
 * `npm test`: everything that can be checked, then the counts.
 *
 *     npm test                            all steps
 *     npm test -- check unit …            these steps only: check, package, unit, integration, ui, sound, page
 *     npm test -- unit "part of a title"  of their tests those only whose full titles have this in them
 */
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { outcomeOfProgram, outcomeOfTests, summarize } from "./tally.ts";
import type { MochaResults, StepOutcome } from "./tally.ts";
import { requireChromium } from "./support/vscode/chromium.ts";
import { packExtension } from "./tools/packExtension.ts";
import { outFolder, projectRoot } from "./support/paths.ts";
import { runProcess } from "./support/processes.ts";
import { installVscodeServer } from "./support/vscode/vscodeServerInstall.ts";

/** How long a program may take, in ms, which is for what hangs: some run gently behind others on two processors. */
const LIMIT = 25 * 60_000;

/** The unit tests that start and kill programs, or whose services fall silent for a moment: they want a processor when they do. */
const TIMED_UNITS = ["cli", "clips", "export", "faults", "preview"];

interface Program {
  readonly steps: readonly string[];
  readonly name: string;
  readonly run: (asked: Asked) => Promise<StepOutcome>;
}

/** What of all is run: some steps, and of their tests perhaps those only with this in their titles. */
interface Asked {
  readonly steps: ReadonlySet<string>;
  readonly title: string | undefined;
}

/** Lanes side by side, of programs that run one after the other. */
interface Phase {
  readonly lanes: readonly (readonly Program[])[];
  /** Taken up in turn, gently, by `BEHIND` more. */
  readonly behind?: readonly Program[];
}

/** How many that compute run at a time, behind others: as many as there usually are processors, for each of those others waits. */
const BEHIND = 2;

/**
 * What opens windows runs in front, one after the other. What only computes runs behind it, and has what the former, which often
 * waits, leaves of two processors. What can't wait has them all.
 */
const PHASES: readonly Phase[] = [
  {
    lanes: [
      [
        work("package", "Package", packExtension),
        work("fetch", "VS Code and Chromium", fetchHosts),
        uiTests(),
        tests("integration", "Integration tests", "integrationTests.ts"),
        tests("page", "Page tests", "pageTests.ts"),
      ],
    ],
    behind: [
      tool("Lint and types", "eslint/bin/eslint.js", "."),
      units(
        "Unit tests",
        TIMED_UNITS.map((folder) => `--but=${folder}`),
        { gently: true },
      ),
      tool("Format", "prettier/bin/prettier.cjs", "--check", "--log-level=warn", "."),
    ],
  },
  {
    lanes: [
      [unitsOf("cli")],
      [unitsOf("faults"), unitsOf("preview"), unitsOf("clips"), unitsOf("export")],
    ],
  },
];

/** What a step needs to have been done. What runs in VS Code runs the extension as it is now. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  integration: ["package"],
  page: ["fetch"],
  ui: ["package", "fetch"],
  sound: ["package", "fetch"],
};

process.exitCode = await runAsked(process.argv.slice(2));

/** @param args names of steps, all when there are none; the last may be a part of titles instead */
async function runAsked(args: readonly string[]): Promise<number> {
  const programs = PHASES.flatMap(({ lanes, behind = [] }) => [...lanes.flat(), ...behind]);
  const known = [...new Set(programs.flatMap(({ steps }) => steps))];
  const last = args.at(-1);
  const title = args.length > 1 && last !== undefined && !known.includes(last) ? last : undefined;
  const names = title === undefined ? args : args.slice(0, -1);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no step "${unknown}". Steps: ${known.join(", ")}.`);
    return 2;
  }
  await rm(join(outFolder, "profiles"), { recursive: true, force: true });
  await rm(join(outFolder, "screenshots"), { recursive: true, force: true });
  const steps = new Set(names.length > 0 ? names : known);
  for (const name of [...steps]) for (const needed of NEEDS[name] ?? []) steps.add(needed);
  const outcomes: StepOutcome[] = [];
  const asked = { steps, title };
  const isAsked = (program: Program): boolean => program.steps.some((step) => steps.has(step));
  for (const { lanes, behind = [] } of PHASES) {
    const inTurn = behind.filter(isAsked).values();
    const running = [
      ...lanes.map((lane) => takeInTurn(lane.filter(isAsked), asked)),
      ...Array.from({ length: BEHIND }, () => takeInTurn(inTurn, asked)),
    ];
    outcomes.push(...(await Promise.all(running)).flat());
  }
  if (title !== undefined && !outcomes.some(({ passed, failed }) => passed + failed.length > 0)) {
    outcomes.push(outcomeOfProgram(`no test has "${title}" in its title`, false));
  }
  console.log(`\n${summarize(outcomes)}`);
  return outcomes.some(({ failed }) => failed.length > 0) ? 1 : 0;
}

/** Runs one after the other; another may take from the same ones meanwhile. */
async function takeInTurn(programs: Iterable<Program>, asked: Asked): Promise<StepOutcome[]> {
  const outcomes: StepOutcome[] = [];
  for (const { name, run } of programs) {
    console.log(`\n── ${name}`);
    const start = performance.now();
    const outcome = await run(asked);
    outcomes.push(outcome);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const verdict = outcome.failed.length > 0 ? "FAILED" : "passed";
    console.log(`   ${name}: ${verdict} in ${seconds} s`);
  }
  return outcomes;
}

function work(step: string, name: string, run: () => Promise<void>): Program {
  const succeeds = async (): Promise<StepOutcome> => {
    const succeeded = await run().then(
      () => true,
      (error: unknown) => (console.error(String(error)), false),
    );
    return outcomeOfProgram(name, succeeded);
  };
  return { steps: [step], name, run: succeeds };
}

/** Has what tests are run in; where it is not here yet, it is downloaded: while others compute, and before two want it. */
async function fetchHosts(): Promise<void> {
  await requireChromium();
  await installVscodeServer();
}

function tool(name: string, file: string, ...args: readonly string[]): Program {
  const run = async (): Promise<StepOutcome> => {
    const program = [join(projectRoot, "node_modules", file), ...args];
    return outcomeOfProgram(name, (await runNode(program, { gently: true })) === 0);
  };
  return { steps: ["check"], name, run };
}

function tests(step: string, name: string, file: string): Program {
  return { steps: [step], name, run: ({ title }) => runTestFile(name, file, [], title) };
}

/** Those of a real VS Code, in one process: they share its windows. */
function uiTests(): Program {
  const name = "UI tests";
  const folders = ["ui", "sound"];
  const run: Program["run"] = ({ steps, title }) =>
    runTestFile(
      name,
      "uiTests.ts",
      folders.filter((folder) => steps.has(folder)).map((folder) => `--in=${folder}`),
      title,
    );
  return { steps: folders, name, run };
}

function unitsOf(folder: string): Program {
  return units(`Unit tests of ${folder}`, [`--only=${folder}`]);
}

/** @param which as `unitTests.ts` takes it */
function units(name: string, which: readonly string[], how: { gently?: boolean } = {}): Program {
  const run: Program["run"] = ({ title }) => runTestFile(name, "unitTests.ts", which, title, how);
  return { steps: ["unit"], name, run };
}

/** `args` are for the file; the results of each call lie in a file of their own. */
async function runTestFile(
  name: string,
  file: string,
  args: readonly string[],
  title: string | undefined,
  how: { gently?: boolean } = {},
): Promise<StepOutcome> {
  const results = join(outFolder, "results", `${name.replaceAll(" ", "-")}.json`);
  await mkdir(join(outFolder, "results"), { recursive: true });
  await rm(results, { force: true });
  const all = [...args, ...(title === undefined ? [] : [title])];
  const code = await runNode([join(import.meta.dirname, file), ...all], {
    prefix: `${name} │ `, // each line says whose it is: others run beside it
    ...(title === undefined && how), // who asks for one test waits for it
    env: { ...process.env, TEST_RESULTS: results },
  });
  const found = await readResults(results);
  const isNothing = title !== undefined && found?.passed === 0 && code === 0;
  return isNothing ? found : outcomeOfTests(name, found, code);
}

async function readResults(file: string): Promise<MochaResults | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as MochaResults);
}

function runNode(
  args: readonly string[],
  more: Omit<Parameters<typeof runProcess>[2], "limit">,
): Promise<number> {
  return runProcess(process.execPath, args, { cwd: projectRoot, limit: LIMIT, ...more });
}
