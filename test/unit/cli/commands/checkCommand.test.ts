import assert from "node:assert/strict";
import { readdir, readFile, rename, rm, utimes, writeFile } from "node:fs/promises";
import { lintScript } from "../../../../src/language/problems/scriptLinter.ts";
import { pictureOf, scriptOf, useCli } from "../scripts.ts";

interface CheckJson {
  readonly exitCode: number;
  readonly files: readonly {
    readonly segments: number;
    readonly problems: readonly {
      readonly line: number;
      readonly column: number;
      readonly code: string;
    }[];
    readonly fresh?: boolean;
    readonly service?: string;
    readonly findings?: readonly { readonly kind: string; readonly segment?: number }[];
  }[];
}

describe("scripted-speech check", () => {
  const { cli, write, inFolder } = useCli();

  it("is content with a script without problems", async () => {
    await write("talk.md", scriptOf("One.", "Two."));
    const { code, stdout, stderr } = await cli(["check", "talk.md"]);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: "" });
  });

  it("tells of problems as compilers do", async () => {
    await write("talk.md", "---\nspeech:\n  speed: 9\n---\n\nOne.\n");
    const { code, stdout } = await cli(["check", "talk.md"]);
    assert.equal(code, 1);
    assert.equal(
      stdout,
      "talk.md:3:10: warning: `speed` must be a number from 0.6 to 1.5. As it is, the settings’ value counts. [setting-value]\n",
    );
  });

  it("tells what is said and what is not, with the reason, where one asks for it", async () => {
    await write("talk.md", "One <!-- aside --> *two*.\n\n<flush/>\n\n[Three](https://a.b).\n");
    const { code, stdout } = await cli(["check", "talk.md", "--spoken"]);
    assert.equal(code, 0);
    assert.deepEqual(stdout.trimEnd().split("\n"), [
      "talk.md:1:1: spoken 1: One two.",
      "talk.md:1:5: silent: <!-- aside --> (Not spoken: a comment.) [comment]",
      "talk.md:3:1: silent: <flush/> (Not spoken: a flush marker.) [marker]",
      "talk.md:5:1: spoken 2: Three.",
      "talk.md:5:8: silent: (https://a.b) (Not spoken: where a link leads.) [linkTarget]",
      "talk.md: 14 characters are spoken, in 2 segments; 3 stretches are not.",
    ]);
    const json = await cli(["check", "talk.md", "--spoken", "--json"]);
    const { files } = JSON.parse(json.stdout) as {
      files: { spoken: { kind: string; reason?: string; line: number; text: string }[] }[];
    };
    assert.deepEqual(
      files[0]?.spoken.map(({ kind, reason, line, text }) => [line, reason ?? kind, text]),
      [
        [1, "spoken", "One two."],
        [1, "comment", "<!-- aside -->"],
        [3, "marker", "<flush/>"],
        [5, "spoken", "Three."],
        [5, "linkTarget", "(https://a.b)"],
      ],
    );
  });

  it("tells of them as render does", async () => {
    await write("talk.md", "---\nspeech:\n  speed: 9\n---\n\nOne.\n");
    const { code, stderr } = await cli(["render", "talk.md"]);
    assert.equal(code, 0);
    assert.match(stderr, /^talk\.md:3:10: warning: `speed` must be .* \[setting-value\]$/m);
  });

  it("tells all that the editor underlines, each at its place", async () => {
    const text =
      '---\nspeech:\n  emotion: wri\n---\n\nOne <brake time="1s"/> [sigh]\n\n<flush/>\n\n<flush/>\n\nTwo 😀\n';
    await write("talk.md", text);
    const { code, stdout } = await cli(["check", "talk.md"]);
    assert.equal(code, 1);
    const found = lintScript(text, { language: "markdown", service: "local", model: "sonic-3" });
    assert.ok(new Set(found.map(({ severity }) => severity)).size === 3, "of several severities");
    const expected = found.map(({ start, severity, code: rule, message }) => {
      const before = text.slice(0, start).split("\n");
      const column = (before.at(-1)?.length ?? 0) + 1;
      return `talk.md:${before.length}:${column}: ${severity}: ${message} [${rule}]\n`;
    });
    assert.equal(stdout, expected.join(""));
  });

  for (const [severity, text, fails] of [
    ["hint", "One\n\n<flush/>\n\nTwo.\n", false],
    ["information", "One.\n\n<flush/>\n\n<flush/>\n\nTwo.\n", false],
    ["warning", 'One. <brake time="1s"/>\n', true],
    ["error", "…\n", true],
  ] as const) {
    it(`${fails ? "fails" : "does not fail"} because of what is of the severity ${severity}`, async () => {
      await write("talk.md", text);
      const { code, stdout } = await cli(["check", "talk.md"]);
      assert.match(stdout, new RegExp(`^talk\\.md:\\d+:\\d+: ${severity}: .*\\]\\n$`));
      assert.equal(code, fails ? 1 : 0);
    });
  }

  it("fails because of what stands behind more hints than an editor shows", async () => {
    const many = Array<string>(600).fill("[One](two) three.").join("\n\n<flush/>\n\n");
    await write("talk.txt", `${many}\n\n<flush/>\n\nFour. <brake time="1s"/>\n`);
    const { code, stdout } = await cli(["check", "talk.txt"]);
    assert.equal(stdout.split("\n").length - 1, 601);
    assert.equal(code, 1);
  });

  it("reads scripts as the options say", async () => {
    await write("talk.txt", "Hello {{name}}.\n\n***\n\nTwo.\n\n***\n\n***\n\nThree.\n");
    const codes = async (...args: readonly string[]): Promise<readonly unknown[]> => {
      const { code, stdout } = await cli(["check", "talk.txt", "--json", ...args]);
      const { files } = JSON.parse(stdout) as CheckJson;
      return [code, ...(files[0]?.problems ?? []).map((problem) => problem.code)];
    };
    assert.deepEqual(await codes(), [1, "script"]);
    assert.deepEqual(await codes("--set", "name=Ann"), [0]);
    const cut = ["--set", "name=Ann", "--marker", "***"];
    assert.deepEqual(await codes(...cut), [0, "empty-segment"]);
    await write("talk.txt", "---\nspeech:\n  language: ur\n---\n\nOne.\n");
    assert.deepEqual(await codes(), [0, "local-language"]);
    assert.deepEqual(await codes("--service", "cartesia"), [1, "language"]);
    assert.deepEqual(await codes("--service", "cartesia", "--model", "sonic-3.6"), [0]);
    await write("talk.txt", "---\nspeech:\n  voice: x\n---\n\nEins.\n");
    assert.deepEqual(await codes(), [0]);
    assert.deepEqual(await codes("--language", "de"), [0, "local-language"]);
  });

  it("tells of problems as JSON", async () => {
    await write("talk.md", "---\nspeech:\n  speed: 9\n---\n\nOne.\n");
    const { stdout } = await cli(["check", "talk.md", "--json"]);
    const { exitCode, files } = JSON.parse(stdout) as CheckJson;
    assert.equal(exitCode, 1);
    assert.deepEqual(files[0]?.problems, [
      {
        line: 3,
        column: 10,
        endLine: 3,
        endColumn: 11,
        severity: "warning",
        code: "setting-value",
        message: "`speed` must be a number from 0.6 to 1.5. As it is, the settings’ value counts.",
      },
    ]);
  });

  it("tells of a script that has nothing to say", async () => {
    await write("talk.md", "");
    const { code, stdout } = await cli(["check", "talk.md"]);
    assert.equal(code, 1);
    assert.match(stdout, /^talk\.md:1:1: error: This script has nothing to say/);
  });

  describe("--fresh", () => {
    const texts = ["One.", "Two.", "Three."] as const;
    const clips = (): string => inFolder("talk.speech");
    const fresh = async (
      ...args: readonly string[]
    ): Promise<{ code: number | null; findings: unknown[] }> => {
      const before = await pictureOf(inFolder());
      const { code, stdout } = await cli(["check", "talk.md", "--fresh", "--json", ...args]);
      assert.deepEqual(await pictureOf(inFolder()), before, "nothing is written");
      const { findings = [] } = (JSON.parse(stdout) as CheckJson).files[0] ?? {};
      return { code, findings: findings.map(({ kind, segment }) => [kind, segment]) };
    };

    beforeEach(async () => {
      await write("talk.md", scriptOf(...texts));
      assert.equal((await cli(["render", "talk.md"])).code, 0);
    });

    it("is content with the clips of the script", async () => {
      assert.deepEqual(await fresh(), { code: 0, findings: [] });
    });

    it("tells of a speaker's clips, and no others, where the cast gives another voice", async () => {
      const play = (voice: string): string =>
        `---\nspeech:\n  cast: { ANN: ${voice}, BOB: rms }\n---\n\nANN: One.\n\nBOB: Two.\n\nANN: Three.\n`;
      await write("talk.md", play("slt"));
      assert.equal((await cli(["render", "talk.md"])).code, 0);
      assert.deepEqual(await fresh(), { code: 0, findings: [] });
      await write("talk.md", play("awb"));
      assert.deepEqual((await fresh()).findings, [
        ["changed", 1],
        ["changed", 3],
      ]);
    });

    it("is content with them after a checkout, which gives files the time of today", async () => {
      for (const [at] of texts.entries()) {
        await utimes(inFolder("talk.speech", `flush_00${at}.wav`), 1, 1);
      }
      assert.deepEqual(await fresh(), { code: 0, findings: [] });
    });

    it("names an edited segment, and why it is not fresh", async () => {
      await write("talk.md", scriptOf("One.", "Two and twenty.", "Three."));
      assert.deepEqual(await fresh(), { code: 1, findings: [["changed", 2]] });
      const { stdout } = await cli(["check", "talk.md", "--fresh"]);
      assert.equal(
        stdout,
        "talk.md:5:1: error: segment 2 has changed since its clip was spoken: its text was another one. Run `scripted-speech render`. [changed]\n",
      );
    });

    it("names segments whose voice is another one now", async () => {
      await write("talk.md", `---\nspeech:\n  voice: rms\n---\n\n${scriptOf(...texts)}`);
      const { stdout } = await cli(["check", "talk.md", "--fresh"]);
      assert.match(
        stdout,
        /^talk\.md:6:1: error: segment 1 has changed .*the voice was .* and is rms\./,
      );
    });

    it("names a segment whose clip was deleted", async () => {
      await rm(inFolder("talk.speech", "flush_001.wav"));
      assert.deepEqual(await fresh(), { code: 1, findings: [["missing", 2]] });
    });

    it("names all where there is no folder of clips", async () => {
      await rm(clips(), { recursive: true });
      const { code, findings } = await fresh();
      assert.equal(code, 1);
      assert.deepEqual(
        findings,
        texts.map((_, at) => ["missing", at + 1]),
      );
    });

    it("names segments whose clips have another place", async () => {
      await write("talk.md", scriptOf("Two.", "One.", "Three."));
      assert.deepEqual(await fresh(), {
        code: 1,
        findings: [
          ["moved", 1],
          ["moved", 2],
        ],
      });
    });

    it("names a segment that was put in, and those that moved by it", async () => {
      await write("talk.md", scriptOf("Zero.", ...texts));
      assert.deepEqual((await fresh()).findings, [
        ["missing", 1],
        ["moved", 2],
        ["moved", 3],
        ["moved", 4],
      ]);
    });

    it("is content with takes beside the clips", async () => {
      await write("talk.md", scriptOf("One.", "Twenty.", "Three."));
      assert.equal((await cli(["render", "talk.md"])).code, 0);
      assert.equal((await readdir(inFolder("talk.speech", "takes"))).length, 1);
      assert.deepEqual(await fresh(), { code: 0, findings: [] });
    });

    it("is content without the takes that the manifest lists, which need not be committed", async () => {
      assert.equal((await cli(["render", "talk.md", "--again"])).code, 0);
      await rm(inFolder("talk.speech", "takes"), { recursive: true });
      assert.deepEqual(await fresh(), { code: 0, findings: [] });
    });

    it("names clips that no segment has", async () => {
      await write("talk.md", scriptOf("One.", "Two."));
      assert.deepEqual(await fresh(), { code: 1, findings: [["surplus", undefined]] });
    });

    it("names the manifest where it does not list what lies there", async () => {
      await rm(inFolder("talk.speech", "manifest.json"));
      assert.deepEqual(await fresh(), { code: 1, findings: [["manifest", undefined]] });
    });

    it("takes no clip for a segment's whose text is nothing like it, wherever it lies", async () => {
      await write("talk.md", scriptOf("One.", "Something else.", "Three."));
      assert.deepEqual(await fresh(), {
        code: 1,
        findings: [
          ["missing", 2],
          ["surplus", undefined],
        ],
      });
    });

    it("names the clip of a segment that has nothing to say any more", async () => {
      await write("talk.md", scriptOf("One.", "…", "Three."));
      assert.deepEqual(await fresh(), { code: 1, findings: [["surplus", undefined]] });
      await cli(["render", "talk.md"]);
      assert.deepEqual(await fresh(), { code: 0, findings: [] });
      await write("talk.md", scriptOf(...texts));
      await cli(["render", "talk.md"]);
      assert.deepEqual(await fresh(), { code: 0, findings: [] });
    });

    it("takes a locked clip for its segment's, whatever its voice", async () => {
      const manifest = inFolder("talk.speech", "manifest.json");
      const said = JSON.parse(await readFile(manifest, "utf8")) as { clips: object[] };
      said.clips[1] = { ...said.clips[1], locked: true };
      await writeFile(manifest, JSON.stringify(said));
      await write("talk.md", `---\nspeech:\n  voice: rms\n---\n\n${scriptOf(...texts)}`);
      assert.deepEqual((await fresh()).findings, [
        ["changed", 1],
        ["changed", 3],
      ]);
      await write("talk.md", scriptOf("One.", "Two and twenty.", "Three."));
      const { stdout } = await cli(["check", "talk.md", "--fresh"]);
      assert.match(stdout, /segment 2 has changed .* Its clip is locked: unlock it in VS Code\./);
    });

    it("takes no clip for a segment's that is of another service", async () => {
      assert.deepEqual((await fresh("--service", "local")).code, 0);
      assert.deepEqual(
        (await fresh("--service", "cartesia")).findings,
        texts.map((_, at) => ["changed", at + 1]),
      );
    });

    it("looks under --out", async () => {
      await rename(clips(), inFolder("elsewhere.speech"));
      await cli(["render", "talk.md", "--out", "audio"]);
      assert.deepEqual(await fresh("--out", "audio"), { code: 0, findings: [] });
    });
  });
});
