import assert from "node:assert/strict";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { listen, namesIn } from "../../clips/scratch.ts";
import type { Encoding } from "../../../../src/audio/pcm.ts";
import { openPreview } from "../../../../src/preview/openPreview.ts";
import { readClipFile, readManifest, scriptOf, useCli } from "../scripts.ts";

interface RenderJson {
  readonly service: string;
  readonly exitCode: number;
  readonly files: readonly {
    readonly file: string;
    readonly folder: string;
    readonly spoken: number;
    readonly ready: number;
    readonly notReady: number;
    readonly characters: number;
    readonly segments: readonly {
      readonly segment: number;
      readonly state: string;
      readonly spoken: boolean;
      readonly speaker?: string;
      readonly title?: string;
      readonly path?: string;
      readonly seconds?: number;
    }[];
  }[];
}

describe("scripted-speech render", () => {
  const { cli, write, inFolder } = useCli();
  const render = async (...args: readonly string[]): Promise<RenderJson["files"][0]> => {
    const { stdout, stderr } = await cli(["render", ...args, "--json"]);
    const [file] = (JSON.parse(stdout) as RenderJson).files;
    assert.ok(file, stderr);
    return file;
  };

  it("speaks a script with the local voice, and saves a clip for each segment beside it", async () => {
    await write("talk.md", scriptOf("One.", "Two.", "…"));
    const { code, stdout, stderr } = await cli(["render", "talk.md"]);
    assert.equal(code, 0, stderr);
    const lines = stdout.trimEnd().split("\n");
    assert.equal(lines.length, 2);
    for (const [at, line] of lines.entries()) {
      assert.match(
        line,
        new RegExp(`^talk\\.speech.flush_00${at}\\.wav\\t\\d+\\.\\d\\d s\\tspoken$`),
      );
    }
    assert.match(stderr, /The local voice speaks .*because CARTESIA_API_KEY is not set\./);
    assert.match(stderr, /talk\.md: 2 spoken, 0 ready already, 9 characters sent\./);
    assert.deepEqual(await namesIn(inFolder("talk.speech")), [
      "flush_000.wav",
      "flush_001.wav",
      "manifest.json",
    ]);
  });

  it("refuses what nobody may have meant, before anything is said of the others", async () => {
    await write("talk.md", "One.");
    for (const [name, text] of [
      [".env", "KEY=secret"],
      ["id_rsa", "-----BEGIN OPENSSH PRIVATE KEY-----"],
      ["tool.py", "print(1)"],
    ] as const) {
      await write(name, text);
      const { code, stderr } = await cli(["render", "talk.md", name]);
      assert.equal(code, 2);
      assert.match(stderr, /neither Markdown nor plain text nor a script\. Give --any-file/);
      assert.ok(stderr.includes(`“${name}”`));
    }
    assert.deepEqual(await namesIn(inFolder()), [".env", "id_rsa", "talk.md", "tool.py"]);
    assert.equal((await render("id_rsa", "--any-file")).spoken, 1);
  });

  it("takes a script whatever its name", async () => {
    await write("talk", "One.<flush/>Two.");
    await write("letter.adoc", "---\nspeech: { speed: 1.1 }\n---\nThree.");
    await write("cut", "One.\n%%\nTwo.");
    assert.equal((await render("talk")).spoken, 2);
    assert.equal((await render("letter.adoc")).spoken, 1);
    assert.equal((await render("cut", "--marker", "%%")).spoken, 2);
  });

  it("names speakers and slides in its document", async () => {
    await write("cast.md", "---\nspeech: { cast: { ANN: a } }\n---\nANN: One.\n");
    await write(
      "deck.md",
      "---\nmarp: true\nspeech: { only: notes }\n---\n# One\n\n<!-- Two. -->\n",
    );
    assert.equal((await render("cast.md")).segments[0]!.speaker, "ANN");
    assert.equal((await render("deck.md")).segments[0]!.title, "One");
  });

  it("sends nothing where all is ready", async () => {
    await write("talk.md", scriptOf("One.", "Two."));
    await render("talk.md");
    const again = await cli(["render", "talk.md"]);
    assert.equal(again.code, 0);
    assert.match(again.stderr, /0 spoken, 2 ready already, 0 characters sent\./);
    assert.equal(again.stdout.match(/\tready$/gm)?.length, 2);
  });

  it("sends only what was edited", async () => {
    await write("talk.md", scriptOf("One.", "Two.", "Three."));
    await render("talk.md");
    const kept = await readClipFile(inFolder("talk.speech"), 2);
    await write("talk.md", scriptOf("One.", "Twenty.", "Three."));
    const { spoken, ready, characters, segments } = await render("talk.md");
    assert.deepEqual({ spoken, ready, characters }, { spoken: 1, ready: 2, characters: 7 });
    assert.deepEqual(
      segments.map((segment) => segment.spoken),
      [false, true, false],
    );
    assert.deepEqual(await readClipFile(inFolder("talk.speech"), 2), kept);
  });

  it("speaks what is ready, too, where --again asks for that", async () => {
    await write("talk.md", scriptOf("One.", "Two."));
    await render("talk.md");
    const { spoken, ready, characters } = await render("talk.md", "--again", "--segments", "2");
    assert.deepEqual({ spoken, ready, characters }, { spoken: 1, ready: 0, characters: 4 });
  });

  it("leaves clips that the extension finds ready, with its default settings", async () => {
    const path = inFolder(await write("talk.md", scriptOf("One.", "Two.")));
    await render("talk.md");
    const { preview } = await openPreview(
      {
        uri: `file://${path}`,
        path,
        audioFolder: "",
        workspaceRoot: undefined,
        storage: inFolder("storage"),
        container: "wav",
      },
      { report: () => {}, trace: () => {} },
    );
    const { defaultOf } = await readManifest();
    preview.read({
      text: scriptOf("One.", "Two."),
      language: "markdown",
      markers: [],
      settings: {
        voice: defaultOf("voice") as string,
        model: defaultOf("model") as string,
        language: defaultOf("language") as string,
        encoding: defaultOf("audio.encoding") as Encoding,
        sampleRate: defaultOf("audio.sampleRate") as number,
      },
      service: "local",
    });
    assert.deepEqual(
      preview.segments().map(({ state }) => state),
      ["ready", "ready"],
    );
  });

  it("speaks the segments asked for, counted from 1", async () => {
    await write("talk.md", scriptOf("One.", "Two.", "Three.", "Four."));
    const { segments } = await render("talk.md", "--segments", "1,3-4");
    assert.deepEqual(
      segments.map(({ segment, state }) => [segment, state]),
      [
        [1, "ready"],
        [3, "ready"],
        [4, "ready"],
      ],
    );
    assert.ok(!(await namesIn(inFolder("talk.speech"))).includes("flush_001.wav"));
  });

  it("says so where there is no such segment, and speaks nothing", async () => {
    await write("talk.md", scriptOf("One.", "Two."));
    const { code, stderr } = await cli(["render", "talk.md", "--segments", "2-5"]);
    assert.equal(code, 2);
    assert.match(stderr, /“talk\.md” has 2 segments: there is no segment 5\./);
    assert.deepEqual(await namesIn(inFolder()), ["talk.md"]);
  });

  it("saves under --out, wherever that is", async () => {
    await write("scripts/talk.md", scriptOf("One."));
    const { folder } = await render("scripts/talk.md", "--out", "audio/clips");
    assert.equal(folder, inFolder("audio", "clips", "talk.speech"));
    assert.deepEqual(await namesIn(folder), ["flush_000.wav", "manifest.json"]);
    assert.deepEqual(await readdir(inFolder("scripts")), ["talk.md"]);
    assert.equal((await render("scripts/talk.md", "--out", "audio/clips")).ready, 1);
  });

  it("saves in the format asked for, raw where that is asked for", async () => {
    await write("talk.md", scriptOf("One."));
    const how = ["--encoding", "pcm_s16le", "--sample-rate", "16000"];
    await render("talk.md", ...how);
    const { format } = await listen(inFolder("talk.speech", "flush_000.wav"));
    assert.deepEqual(format, { encoding: "pcm_s16le", sampleRate: 16_000 });
    await write("raw.md", scriptOf("One."));
    await render("raw.md", ...how, "--container", "raw");
    assert.ok((await namesIn(inFolder("raw.speech"))).includes("flush_000.pcm"));
  });

  it("takes more flush markers, and more scripts, each once", async () => {
    await write("a.md", "One.\n\n***\n\nTwo.\n");
    await write("b.txt", "Three.\n");
    const args = ["render", "a.md", "b.txt", "./a.md", "--marker", "***", "--json"];
    const { stdout } = await cli(args);
    assert.deepEqual(
      (JSON.parse(stdout) as RenderJson).files.map(({ file, spoken }) => [file, spoken]),
      [
        [inFolder("a.md"), 2],
        [inFolder("b.txt"), 1],
      ],
    );
  });

  it("gives two scripts of one name a folder each", async () => {
    await write("talk.md", "One.\n");
    await write("talk.txt", "Two.\n");
    const { code, stderr } = await cli(["render", "talk.md", "talk.txt"]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(await namesIn(inFolder()), [
      "talk.md",
      "talk.speech",
      "talk.txt",
      "talk.txt.speech",
    ]);
  });

  it("reads a script as the editor does, with its byte order mark left out", async () => {
    await write("talk.txt", "\ufeffOne.\n");
    const { characters } = await render("talk.txt");
    assert.equal(characters, 4);
  });

  it("refuses to send more characters than allowed, before any is sent", async () => {
    await write("a.md", scriptOf("One."));
    await write("b.md", scriptOf("Three."));
    const refused = await cli(["render", "a.md", "b.md", "--max-characters", "9"]);
    assert.equal(refused.code, 7);
    assert.match(refused.stderr, /would send 10 characters, and --max-characters allows 9/);
    assert.deepEqual(await namesIn(inFolder()), ["a.md", "b.md"]);
    assert.equal((await cli(["render", "a.md", "b.md", "--max-characters", "10"])).code, 0);
    assert.equal((await cli(["render", "a.md", "b.md", "--max-characters", "0"])).code, 0);
  });

  it("stops at Ctrl+C with whole clips, and goes on from there the next time", async function () {
    if (process.platform === "win32") this.skip(); // there no process can send Ctrl+C to one child alone
    const most = 20;
    const sentence = "She sells sea shells by the sea shore.";
    const texts = Array.from({ length: most }, (_, at) => `Number ${at + 1}. ${sentence}`);
    await write("talk.md", scriptOf(...texts));
    let sent = false;
    const { code, stdout, stderr } = await cli(["render", "talk.md"], {
      watch: (text, kill) => {
        if (sent || !/talk\.md: \d+ of \d+ segments/.test(text)) return;
        sent = true;
        kill("SIGINT");
      },
    });
    assert.equal(code, 130, stderr);
    assert.match(stderr, /Stopped\. \d+ spoken, 0 ready already, \d+ not ready/);
    const saved = stdout.trimEnd().split("\n").length;
    assert.ok(saved > 0 && saved < most, `${saved} clips`);
    const names = await namesIn(inFolder("talk.speech"));
    assert.equal(names.filter((name) => name.endsWith(".wav")).length, saved);
    assert.deepEqual(
      names.filter((name) => !/^flush_\d{3}\.wav$|^manifest\.json$/.test(name)),
      [],
    );
    for (const name of names.filter((name) => name.endsWith(".wav"))) {
      assert.ok((await listen(inFolder("talk.speech", name))).samples.length > 0);
    }
    const { ready, spoken } = await render("talk.md");
    assert.deepEqual({ ready, spoken }, { ready: saved, spoken: most - saved });
  });

  it("says that a script has nothing to say", async () => {
    await write("talk.md", "<flush/>\n");
    const { code, stderr } = await cli(["render", "talk.md"]);
    assert.equal(code, 1);
    assert.match(stderr, /“talk\.md” has nothing to say\./);
  });

  it("prints errors only where --quiet asks for that", async () => {
    await write("talk.md", scriptOf("One."));
    const { code, stdout, stderr } = await cli(["render", "talk.md", "--quiet"]);
    assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: "" });
  });

  it("goes on where nobody reads its lines any more", async () => {
    await write("a.md", scriptOf("One."));
    await write("b.md", scriptOf("Two."));
    const { code, stderr } = await cli(["render", "a.md", "b.md"], { deaf: true });
    assert.equal(code, 0, stderr);
    assert.ok((await namesIn(inFolder("b.speech"))).includes("flush_000.wav"));
  });

  it("names the file that stands where the clips would lie", async () => {
    await write("talk.md", scriptOf("One."));
    await write("talk.speech", "mine");
    const { code, stderr } = await cli(["render", "talk.md"]);
    assert.equal(code, 6);
    assert.match(stderr, /talk\.speech” is needed as the folder of clips/);
    await rm(join(inFolder("talk.speech")));
  });
});
