import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { matrix } from "../faults/matrix.ts";
import { docsFolder, pageNames, partsIn, readPage, renewed } from "../tools/docPages.ts";
import { parts } from "../tools/docParts.ts";
import { projectRoot } from "../support/paths.ts";

const readmeFile = join(projectRoot, "README.md");
const readReadme = (): Promise<string> => readFile(readmeFile, "utf8");

/** Where the links and pictures of a Markdown text lead to, without those to the web. */
const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = ""]) => target)
    .filter((target) => !/^https?:/.test(target));

/** The anchors that a page's headings have. */
const anchorsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\d -]/gu, "")
      .replaceAll(" ", "-"),
  );

describe("The pages that the README leads to", () => {
  it("say what their sources say: `npm run docs` brings them in step", async () => {
    const outOfDate: string[] = [];
    for (const name of await pageNames()) {
      const page = await readPage(name);
      if ((await renewed(page)) !== page) outOfDate.push(name);
    }
    assert.deepEqual(outOfDate, []);
  });

  it("have each part that is made from a source, once", async () => {
    const pages = await Promise.all((await pageNames()).map(readPage));
    assert.deepEqual(pages.flatMap(partsIn).sort(), Object.keys(parts).sort());
  });

  it("name the command line's file as the package does", async () => {
    const text = await readFile(join(projectRoot, "package.json"), "utf8");
    const { bin } = JSON.parse(text) as { readonly bin: Readonly<Record<string, string>> };
    const page = await readPage("command-line.md");
    assert.ok(page.includes(`\`${bin["scripted-speech"]}\``));
  });

  it("are all linked from the README", async () => {
    const linked = new Set(linksIn(await readReadme()).map((link) => link.replace(/#.*/, "")));
    const missing = (await pageNames()).filter((name) => !linked.has(`media/docs/${name}`));
    assert.deepEqual(missing, []);
  });

  it("lead to files and headings that are there, and that are packed, too", async () => {
    const texts = new Map([[readmeFile, await readReadme()]]);
    const broken: string[] = [];
    for (const name of await pageNames()) texts.set(join(docsFolder, name), await readPage(name));
    for (const [from, text] of texts) {
      // The map of the sources is for those who have them.
      for (const link of linksIn(text).filter((target) => !target.startsWith("src/"))) {
        const [path = "", anchor] = link.split("#");
        const file = path === "" ? from : join(dirname(from), path);
        const inPackage = /^(media[\\/]|(README|CHANGELOG)\.md$)/.test(relative(projectRoot, file));
        const page = texts.get(file);
        const hasAnchor = anchor === undefined || anchorsIn(page ?? "").includes(anchor);
        if (!inPackage || !existsSync(file) || !hasAnchor) broken.push(`${from}: ${link}`);
      }
    }
    assert.deepEqual(broken, []);
  });

  it("tell of faults in a table that one can still read", () => {
    assert.ok(matrix.length <= 18);
  });
});

/** How long each frame of an animated WebP is shown, in ms (RFC 9649, 2.7.1.1). */
function durationsIn(file: Buffer): number[] {
  const durations: number[] = [];
  for (let at = 12; at < file.length; at += 8 + file.readUInt32LE(at + 4)) {
    if (file.toString("latin1", at, at + 4) === "ANMF") durations.push(file.readUIntLE(at + 20, 3));
  }
  return durations;
}

describe("The README", () => {
  it("has a moving picture of five to twelve seconds, below 0.7 MB", async () => {
    const [picture = ""] = linksIn(await readReadme()).filter((link) => link.endsWith(".webp"));
    const file = await readFile(join(projectRoot, picture));
    const durations = durationsIn(file);
    const seconds = durations.reduce((sum, duration) => sum + duration, 0) / 1000;
    assert.ok(durations.length > 20 && seconds > 5 && seconds < 12, `${seconds} s`);
    assert.ok(file.length < 700_000, `${file.length} bytes`);
  });

  it("is short: what is looked up has a page of its own", async () => {
    assert.ok(Buffer.byteLength(await readReadme()) < 12_000);
  });
});
