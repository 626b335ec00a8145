import js from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * A folder is a station on the way of the data, and imports only what its arrow allows:
 * `allowed` names the sibling folders. `vscode` belongs to editor/ and extension.ts alone,
 * type imports included.
 */
const layer = (folder, allowed, { editor = false } = {}) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        paths: editor ? [] : [{ name: "vscode", message: "Only src/editor speaks to VS Code." }],
        patterns: [
          {
            regex: `^(\\.\\./)+(?!\\.\\./|(${[folder, ...allowed].join("|")})/)`,
            message: `src/${folder} may import ${allowed.join(", ") || "nothing"} only.`,
          },
        ],
      },
    ],
  },
});

/**
 * VS Code makes links of what looks like one in the texts of others, commands included, and loads the pictures of Markdown. So each way
 * to show such a text has one module of the editor, which makes it inert.
 */
const named = (names) => `:matches(Identifier[name=/^(${names})$/], Literal[value=/^(${names})$/])`;
const ways = {
  notifications: named("show(Information|Warning|Error)Message|withProgress|setStatusBarMessage"),
  quickInputs: named("(show|create)QuickPick|(show|create)InputBox"),
  markdown: `:matches(NewExpression[callee.property.name="MarkdownString"], ${named("supportHtml|hoverMessage")})`,
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
          message: `Only src/editor/${module}.ts shows this, for it makes the texts of others inert.`,
        })),
    ],
  },
});

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
  layer("script", []),
  layer("audio", []),
  layer("panel", []),
  layer("language", ["script", "protocol"]),
  layer("protocol", ["audio"]),
  layer("session", ["protocol", "audio"]),
  layer("clips", ["audio", "script"]),
  layer("preview", ["script", "audio", "protocol", "session", "clips"]),
  layer("localVoice", ["protocol", "audio"]),
  layer("export", ["script", "audio", "protocol", "clips"]),
  layer("webview", ["panel", "audio"]),
  layer("webview/sound", ["panel", "audio"]),
  layer("webview/view", ["panel", "audio", "sound"]),
  layer(
    "editor",
    [
      "script",
      "audio",
      "protocol",
      "session",
      "clips",
      "preview",
      "localVoice",
      "export",
      "panel",
      "language",
    ],
    { editor: true },
  ),
  layer("cli", [
    "script",
    "audio",
    "protocol",
    "session",
    "clips",
    "preview",
    "localVoice",
    "export",
    "language",
  ]),
  showing("**"),
  ...Object.keys(ways).map((module) => showing(`editor/${module}.ts`, module)),
  {
    // What is written passes through the terminal, which cleans it.
    files: ["src/cli/**/*.ts"],
    ignores: ["src/cli/terminal.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        spreading,
        {
          selector: "CallExpression > MemberExpression.callee[property.name='write']",
          message: "Only src/cli/terminal.ts writes to an output.",
        },
      ],
    },
  },
  {
    files: ["test/**", "esbuild.js", "eslint.config.mjs"],
    rules: {
      "no-console": "off",
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
