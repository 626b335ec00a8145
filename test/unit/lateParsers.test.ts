import assert from "node:assert/strict";
import { build, type Metafile } from "esbuild";

/** The packages in what is loaded with an entry point, before anything is imported late; and in all of it. */
async function packagesOf(entry: string): Promise<Record<"atOnce" | "all", ReadonlySet<string>>> {
  const { metafile } = await build({
    absWorkingDir: new URL("../..", import.meta.url).pathname,
    entryPoints: [entry],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    external: ["vscode"],
    outdir: "out",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  const outputs = Object.entries(metafile.outputs);
  const first = outputs.find(([, { entryPoint }]) => entryPoint === entry)?.[0] ?? "";
  const atOnce = new Set<string>();
  const add = (name: string): void => {
    if (atOnce.has(name)) return;
    atOnce.add(name);
    for (const { path, kind } of metafile.outputs[name]?.imports ?? []) {
      if (kind === "import-statement") add(path);
    }
  };
  add(first);
  const packages = (names: Iterable<string>): ReadonlySet<string> =>
    new Set(Array.from(names).flatMap((name) => packagesIn(metafile.outputs[name])));
  return { atOnce: packages(atOnce), all: packages(outputs.map(([name]) => name)) };
}

function packagesIn(output: Metafile["outputs"][string] | undefined): string[] {
  return Object.entries(output?.inputs ?? {}).flatMap(([path, { bytesInOutput }]) => {
    const name = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1];
    return name !== undefined && bytesInOutput > 0 ? [name] : [];
  });
}

describe("The extension, when it is activated", () => {
  it("has not loaded what reads Markdown and YAML: lenses need none of it", async () => {
    const { atOnce, all } = await packagesOf("src/extension.ts");
    for (const parser of ["micromark", "micromark-extension-gfm", "yaml"]) {
      assert.ok(all.has(parser), `${parser} is needed at some time`);
    }
    const isParser = (name: string): boolean => /^(?:micromark|mdast|yaml)/.test(name);
    assert.deepEqual([...atOnce].filter(isParser), []);
  });
});
