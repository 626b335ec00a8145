import js from "@eslint/js";
import { dirname, join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import tseslint from "typescript-eslint";

/**
 * A folder is a station on the way of the data: it imports those that its arrow names, type imports included. Its wings are listed from the
 * ground up: each imports those before it, and the folder's own files import all of them.
 */
const houses = {
  script: {
    imports: [],
    wings: [
      "model",
      "transcript",
      "frontMatter",
      "scanner",
      "markdown",
      "reader",
      "words",
      "outline",
      "edits",
    ],
  },
  audio: { imports: [], wings: [] },
  panel: { imports: [], wings: [] },
  protocol: { imports: ["audio"], wings: [] },
  language: { imports: ["script", "protocol"], wings: ["tags", "problems", "assist"] },
  session: { imports: ["protocol", "audio"], wings: ["connection", "context", "voices"] },
  clips: { imports: ["audio", "script"], wings: ["model", "files", "pairing", "folder"] },
  preview: {
    imports: ["script", "audio", "protocol", "session", "clips"],
    wings: ["plan", "run", "segments"],
  },
  localVoice: { imports: ["protocol", "audio"], wings: ["text", "synthesis", "server"] },
  export: {
    imports: ["script", "audio", "protocol", "clips"],
    wings: ["common", "audio", "captions", "code"],
  },
  webview: {
    imports: ["panel", "audio"],
    wings: [
      "sound/output",
      "sound/player",
      "sound",
      "view/elements",
      "view/waveform",
      "view/keys",
      "view/clips",
      "view",
    ],
  },
  operations: {
    imports: [
      ...["script", "audio", "protocol", "session", "clips", "preview", "localVoice", "export"],
      "language",
    ],
    wings: [],
  },
  cli: {
    imports: ["operations", "audio", "script", "preview", "export"],
    wings: ["common", "commands"],
  },
  editor: {
    imports: [
      ...["script", "audio", "protocol", "session", "clips", "preview", "localVoice", "export"],
      ...["panel", "language"],
    ],
    wings: [
      "common",
      "service",
      "panel",
      "preview",
      "voices",
      "display",
      "export",
      "writing",
      "commands",
    ],
  },
};

/** Where a module stands: its folder, and its folder in there, which is empty for the folder's own files. */
function standOf(path) {
  const [folder, ...rest] = relative(join(import.meta.dirname, "src"), path).split(sep);
  return { folder, wing: rest.slice(0, -1).join("/") };
}

/** Holds the arrows of `houses`. */
const arrows = {
  create(context) {
    const own = standOf(context.filename);
    const house = houses[own.folder];
    const check = ({ source }) => {
      if (typeof source?.value !== "string" || !source.value.startsWith(".")) return;
      const other = standOf(resolve(dirname(context.filename), source.value));
      const message = complaint(own, house, other);
      if (message !== undefined) context.report({ node: source, message });
    };
    if (house === undefined) return {}; // extension.ts imports what it introduces
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: ({ source }) => check({ source }),
    };
  },
};

function complaint(own, { imports, wings }, other) {
  if (other.folder !== own.folder) {
    if (imports.includes(other.folder)) return undefined;
    return `src/${own.folder} may import ${imports.join(", ") || "nothing"} only.`;
  }
  const order = [...wings, ""];
  const [from, to] = [own, other].map(({ wing }) => order.indexOf(wing));
  if (from < 0 || to < 0)
    return `Name the folder of this file in eslint.config.mjs: ${own.folder}.`;
  if (to <= from) return undefined;
  return `src/${own.folder}/${own.wing} stands below src/${other.folder}/${other.wing}, and may not import it.`;
}

/**
 * VS Code makes links of what looks like one in the texts of others, commands included, and loads the pictures of Markdown. So each way
 * to show such a text has one module of the editor, which makes it inert.
 */
const named = (names) => `:matches(Identifier[name=/^(${names})$/], Literal[value=/^(${names})$/])`;
const ways = {
  notifications: named("show(Information|Warning|Error)Message|withProgress|setStatusBarMessage"),
  quickInputs: named("(show|create)QuickPick|(show|create)InputBox"),
  inertMarkdown: `:matches(NewExpression[callee.property.name="MarkdownString"], ${named("supportHtml|hoverMessage")})`,
};
/** What a list holds may come from a stranger's file or from the service: some hundred thousand arguments overflow the stack. */
const spreading = {
  selector:
    "CallExpression[callee.property.name=/^(push|unshift|splice|concat|min|max|hypot|fromCharCode|fromCodePoint|of|apply)$/] > SpreadElement",
  message: "A list has no bound here, and arguments have: go through it in a loop.",
};
/** Of several settings of one rule that are for a file ESLint takes the last: so each names all that holds there. */
const showing = (files, own) => ({
  files: [`src/${files}`],
  rules: {
    "no-restricted-syntax": [
      "error",
      spreading,
      ...Object.entries(ways)
        .filter(([module]) => module !== own)
        .map(([module, selector]) => ({
          selector,
          message: `Only src/editor/common/${module}.ts shows this, for it makes the texts of others inert.`,
        })),
    ],
  },
});

/** Programs whose own settings were looked at. */
const checkedPrograms = new WeakSet();

/**
 * What the compiler finds in a file, of the very program that the rules with types look at: to read and check all of it for itself would
 * take the compiler about as long again.
 */
const types = {
  create(context) {
    const { program } = context.sourceCode.parserServices;
    const report = ({ start, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, "\n");
      const loc = context.sourceCode.getLocFromIndex(start ?? 0);
      context.report({ loc, message: "{{text}}", data: { text } });
    };
    return {
      Program() {
        const file = program.getSourceFile(context.filename);
        const found = [
          ...program.getSyntacticDiagnostics(file),
          ...program.getSemanticDiagnostics(file),
        ];
        if (!checkedPrograms.has(program)) {
          checkedPrograms.add(program);
          found.push(...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics());
        }
        found.forEach(report);
      },
    };
  },
};

export default tseslint.config(
  { ignores: ["dist/", "out/", ".vscode-test/", "node_modules/"] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ["esbuild.js", "eslint.config.mjs"] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: "error",
      "no-console": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    plugins: { house: { rules: { arrows, types } } },
    rules: { "house/types": "error" },
  },
  {
    files: ["src/**/*.ts"],
    rules: { "house/arrows": "error" },
  },
  {
    files: ["src/**/*.ts"],
    ignores: ["src/editor/**", "src/extension.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        { paths: [{ name: "vscode", message: "Only src/editor speaks to VS Code." }] },
      ],
    },
  },
  showing("**"),
  ...Object.keys(ways).map((module) => showing(`editor/common/${module}.ts`, module)),
  {
    // What is written passes through the terminal, which cleans it.
    files: ["src/cli/**/*.ts"],
    ignores: ["src/cli/common/terminal.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        spreading,
        {
          selector: "CallExpression > MemberExpression.callee[property.name='write']",
          message: "Only src/cli/common/terminal.ts writes to an output.",
        },
      ],
    },
  },
  {
    files: ["test/**", "esbuild.js", "eslint.config.mjs"],
    rules: {
      "no-console": "off",
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='retries']",
          message: "No test is tried twice: what it races with is to be found and waited for.",
        },
      ],
      "@typescript-eslint/no-unsafe-argument": "off",
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/require-await": "off",
    },
  },
  {
    files: ["esbuild.js", "eslint.config.mjs", "test/**/*.mjs"],
    languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } },
  },
);
