import { Readable } from "node:stream";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { commands, runCli } from "../../src/cli/cli.ts";
import { pageKeys } from "../../src/webview/view/keys/keys.ts";
import { matrix } from "../faults/matrix.ts";
import { constructs } from "../unit/script/markdown/constructs.ts";
import { readManifestTexts } from "./l10n/runTimeStrings.ts";
import { projectRoot } from "../support/paths.ts";

/** Makes a part of a page from its source, as Markdown. */
type MakePart = () => string | Promise<string>;

/** What of the pages in media/docs is made from its source, by the names that stand there. */
export const parts: Readonly<Record<string, MakePart>> = {
  commands: tableOfCommands,
  "panel-keys": tableOfPanelKeys,
  settings: tableOfSettings,
  colors: tableOfColors,
  faults: tableOfFaults,
  manifest: () => tableOfFields("manifest"),
  clip: () => tableOfFields("clip"),
  word: () => tableOfFields("word"),
  constructs: tableOfConstructs,
  ...Object.fromEntries(
    ["", ...Object.keys(commands)].map((name) => [`help${name && `-${name}`}`, () => helpOf(name)]),
  ),
};

/** A row's cells; what would end one is escaped. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: unknown): string => `\`${String(text)}\``;

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly order: number;
  readonly scope: string;
  readonly markdownDescription: string;
  readonly markdownEnumDescriptions?: readonly string[];
}

interface ExtensionManifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly colors: readonly { readonly id: string; readonly description: string }[];
  };
}

/** What the extension contributes to VS Code, with its texts in English. */
async function readContributions(): Promise<ExtensionManifest["contributes"]> {
  const texts = await readManifestTexts("en");
  const manifest = JSON.parse(
    await readFile(join(projectRoot, "package.json"), "utf8"),
    (_, value: unknown) =>
      typeof value === "string"
        ? value.replace(/^%(.+)%$/, (_, key: string) => texts[key] ?? key)
        : value,
  ) as ExtensionManifest;
  return manifest.contributes;
}

async function tableOfCommands(): Promise<string> {
  const { commands, keybindings } = await readContributions();
  const rows = commands.map(({ command, title }) => {
    const keys = keybindings.find((binding) => binding.command === command);
    const mac = keys?.mac ?? keys?.key;
    return [title, keys ? chord(keys.key) : "", mac ? chord(mac) : "", code(command)];
  });
  return table(["command", "key", "on macOS", "id"], rows);
}

/** Keys as they are called on keyboards: `ctrl+alt+pageup` is Ctrl+Alt+PageUp. */
function chord(keys: string): string {
  return keys.replace(
    /\b(page)?(.)/g,
    (_, page: string | undefined, first: string) => `${page ? "Page" : ""}${first.toUpperCase()}`,
  );
}

function tableOfPanelKeys(): string {
  const rows = pageKeys.map(({ shown, does }) => [
    shown.map((key) => (/^\W$/.test(key) ? code(key) : key)).join(", "),
    does(),
  ]);
  return table(["key", "what it does"], rows);
}

async function tableOfSettings(): Promise<string> {
  const { properties } = (await readContributions()).configuration;
  const settings = Object.entries(properties).sort(([, one], [, other]) => one.order - other.order);
  const rows = settings.map(([name, setting]) => [
    code(name),
    valueOf(setting.default),
    [withoutLinks(setting), ...valuesOf(setting), ...yoursAlone(setting)].join(" "),
  ]);
  return table(["setting", "default", "what it does"], rows);
}

/** What a setting does. VS Code makes links of other settings' names between "#". */
const withoutLinks = ({ markdownDescription }: Setting): string =>
  markdownDescription.replace(/`#([\w.]+)#`/g, "`$1`");

const valueOf = (value: unknown): string =>
  value === "" || JSON.stringify(value) === "[]" || JSON.stringify(value) === "{}"
    ? "none"
    : code(value);

/** Which values a setting takes, where not all of its type. */
function valuesOf(setting: Setting): string[] {
  const { enum: values, markdownEnumDescriptions: said, minimum, maximum } = setting;
  if (values && said) return values.map((value, at) => `<br>${code(value)}: ${said[at]}`);
  if (values) return [`<br>${values.map(code).join(", ")}.`];
  if (minimum === undefined) return [];
  return [maximum === undefined ? `${minimum} or more.` : `${minimum} to ${maximum}.`];
}

const yoursAlone = ({ scope }: Setting): string[] =>
  scope === "application" ? ["<br>*Yours alone.*"] : [];

async function tableOfColors(): Promise<string> {
  const { colors } = await readContributions();
  return table(
    ["colour", "what it is for"],
    colors.map(({ id, description }) => [code(id), description]),
  );
}

function tableOfConstructs(): string {
  const shown = (text: string): string => {
    const ticks = text.includes("`") ? "``" : "`";
    return `${ticks}${text.replaceAll("\n", " ⏎ ")}${ticks}`;
  };
  const rows = constructs.map(([name, markdown, said]) => [name, shown(markdown), said]);
  return table(["what", "written", "said"], rows);
}

function tableOfFaults(): string {
  const rows = matrix.map(({ when, shows, keeps }) => [when, shows, keeps]);
  return table(["what happens", "what you see", "on disk"], rows);
}

/** What the command line says of itself, or of one of its commands. */
async function helpOf(command: string): Promise<string> {
  let said = "";
  const output = {
    write: (text: string | Uint8Array) => {
      said += String(text);
      return true;
    },
  };
  await runCli(command ? [command, "--help"] : ["--help"], {
    env: {},
    cwd: projectRoot,
    dist: join(projectRoot, "dist"),
    stdin: () => Readable.from([]),
    stdout: output,
    stderr: output,
    stop: new AbortController().signal,
  });
  return `\`\`\`text\n${said.trimEnd()}\n\`\`\``;
}

interface Field {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Field>>;
}

/** The fields of an object of the manifest, and below them those of an object in it. */
async function tableOfFields(name: string): Promise<string> {
  const file = join(projectRoot, "media", "manifest.schema.json");
  const schema = JSON.parse(await readFile(file, "utf8")) as Field & {
    readonly definitions: Readonly<Record<string, Field>>;
  };
  const part = name === "manifest" ? schema : schema.definitions[name];
  if (!part) throw new Error(`The schema has no “${name}”.`);
  return table(["field", "type", "what it is"], rowsOf(part));
}

function rowsOf({ properties = {}, required = [] }: Field, above = ""): string[][] {
  return Object.entries(properties).flatMap(([name, field]) => [
    [
      code(above + name),
      `${typeOf(field)}${required.includes(name) ? "" : ", may be absent"}`,
      field.description ?? "",
    ],
    ...rowsOf(field, `${above}${name}.`),
  ]);
}

function typeOf({ type, const: only, enum: values }: Field): string {
  if (only !== undefined) return code(JSON.stringify(only));
  if (values) return values.map((value) => code(JSON.stringify(value))).join(" or ");
  return [type ?? []].flat().join(" or ");
}
