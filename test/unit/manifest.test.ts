import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly scope: string; readonly enum?: readonly unknown[] }>
      >;
    };
    readonly menus: Readonly<Record<string, readonly { readonly command?: string }[]>>;
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly description: string;
        readonly media: { readonly svg: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly snippets: readonly { readonly language: string; readonly path: string }[];
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
}

const root = new URL("../../", import.meta.url);
const readText = (path: string): Promise<string> => readFile(new URL(path, root), "utf8");

describe("The manifest", () => {
  let text: string;
  let manifest: Manifest;
  let strings: Record<string, string>;

  before(async () => {
    text = await readText("package.json");
    manifest = JSON.parse(text) as Manifest;
    strings = JSON.parse(await readText("package.nls.json")) as Record<string, string>;
  });

  it("finds each of its strings, and uses each that is there", () => {
    const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
    assert.deepEqual([...used].sort(), Object.keys(strings).sort());
  });

  it("names the commands that the editor has, no more and no fewer", async () => {
    const table = await readText("src/editor/commands/commands.ts");
    const registered = new Set(
      [...table.matchAll(/"(scriptedSpeech\.\w+)": \[/g)].map(([, id]) => id),
    );
    const declared = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual([...declared].sort(), [...registered].sort());
  });

  it("puts in menus and on keys only commands that it declares", () => {
    const { commands, menus, keybindings } = manifest.contributes;
    const declared = new Set(commands.map(({ command }) => command));
    const used = [...Object.values(menus).flat(), ...keybindings].map(({ command }) => command);
    assert.deepEqual(
      used.filter((command) => command !== undefined && !declared.has(command)), // a submenu has none
      [],
    );
    assert.ok(keybindings.every(({ when }) => when));
  });

  it("keeps from workspaces what decides where the key goes and what may be spent", () => {
    const { properties } = manifest.contributes.configuration;
    for (const key of ["service", "endpoint", "confirmAboveCharacters"]) {
      const name = `scriptedSpeech.${key}`;
      assert.equal(properties[name]?.scope, "application", name);
      assert.ok(
        manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes(name),
        name,
      );
    }
  });

  it("is read by code for each of its settings", async () => {
    const { properties } = manifest.contributes.configuration;
    const reader = await readText("src/editor/common/settings.ts");
    const unread = Object.keys(properties).filter(
      (name) => !reader.includes(`"${name.replace("scriptedSpeech.", "")}"`),
    );
    assert.deepEqual(unread, []);
  });

  it("leads through first steps by commands that there are, with pictures in the theme's colours", async () => {
    const { commands, walkthroughs } = manifest.contributes;
    const declared = new Set(commands.map(({ command }) => command));
    const steps = walkthroughs.flatMap(({ steps }) => steps);
    assert.equal(steps.length, 5);
    for (const { description, media, completionEvents } of steps) {
      const said = strings[description.slice(1, -1)] ?? "";
      assert.doesNotMatch(said, /(?<![*`])[*`](?![*`])/); // VS Code knows **bold**, __italic__ and ``code`` here
      const linked = [...said.matchAll(/\(command:([\w.]+)/g)].map(([, id]) => id ?? "");
      const awaited = completionEvents.flatMap((event) => /^onCommand:(.*)/.exec(event)?.[1] ?? []);
      const ours = [...linked, ...awaited].filter((id) => id.startsWith("scriptedSpeech."));
      assert.deepEqual(
        ours.filter((id) => !declared.has(id)),
        [],
        said,
      );
      assert.ok(linked.length > 0 && awaited.length > 0, said);
      const colours = [...(await readText(media.svg)).matchAll(/(?:fill|stroke)="([^"]*)"/g)];
      assert.ok(colours.length > 5, media.svg);
      for (const [, colour] of colours) assert.match(colour ?? "", /^none$|^var\(--vscode-/);
    }
  });

  it("has snippets with marks that the script's reader knows, under names of our own", async () => {
    const { parseScript } = await import("../../src/script/reader/parseScript.ts");
    const { findServiceTags } = await import("../../src/script/model/serviceTags.ts");
    const languages = manifest.contributes.snippets.map(({ language }) => language);
    assert.deepEqual(languages, ["markdown", "plaintext"]);
    for (const { path } of manifest.contributes.snippets) {
      const snippets = JSON.parse(await readText(path)) as Record<
        string,
        { readonly prefix: string; readonly body: readonly string[] }
      >;
      for (const { prefix, body } of Object.values(snippets)) {
        assert.match(prefix, /^speech-/);
        const text = body
          .join("\n")
          .replace(/\$\{\w+:(?:\$\{\d:)?([^}]*)\}+/g, "$1")
          .replace("$0", "");
        const { segments, options, problems } = parseScript(`${text}Hi`, { language: "markdown" });
        const isKnown =
          segments.length === 2 || options.voice || findServiceTags(text).length === 1;
        assert.ok(isKnown, text);
        assert.deepEqual(problems, [], text);
      }
    }
  });

  it("offers the encodings and rates of the protocol", async () => {
    const { encodings, sampleRates } = await import("../../src/audio/pcm.ts");
    const { properties } = manifest.contributes.configuration;
    assert.deepEqual(properties["scriptedSpeech.audio.encoding"]?.enum, encodings);
    assert.deepEqual(properties["scriptedSpeech.audio.sampleRate"]?.enum, sampleRates);
  });
});

describe("The layers", () => {
  it("leave vscode to the editor", async () => {
    const files = await readdir(new URL("src/", root), { recursive: true });
    const sources = files.filter(
      (file) => file.endsWith(".ts") && !/^(editor\b|extension)/.test(file),
    );
    assert.ok(sources.length > 50);
    for (const file of sources) {
      assert.doesNotMatch(await readText(`src/${file}`), /from "vscode"|import\("vscode"\)/, file);
    }
  });
});
