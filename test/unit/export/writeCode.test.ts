import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { codeLanguages } from "../../../src/export/codeLanguages.ts";
import { writeCode } from "../../../src/export/writeCode.ts";
import type { LocalVoice } from "../../../src/localVoice/localVoice.ts";
import type { VoiceOptions } from "../../../src/protocol/clientMessage.ts";
import { startTestVoice } from "../../fakes/localVoice.ts";
import { startRecordingProxy, type RecordingProxy } from "../../fakes/recordingProxy.ts";
import { namesIn, useScratchFolder } from "../clips/scratch.ts";
import { VoiceClient } from "../localVoice/voiceClient.ts";

const fixture = (path: string): string =>
  fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const nodeModules = fileURLToPath(new URL("../../../node_modules", import.meta.url));

const sound: VoiceOptions = {
  model: "sonic-3",
  voice: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 16000,
};
const configured = { ...sound, speed: 1.2, volume: 0.5, emotion: "wry" };

function script(...transcripts: readonly string[]) {
  return {
    title: "A talk\n*/ process.exit(1)",
    segments: transcripts.map((transcript, index) => ({ index, transcript })),
  };
}

/** `python3`, where it is. */
const hasPython = spawnSync("python3", ["--version"]).status === 0;

describe("writeCode", () => {
  const scratch = useScratchFolder();
  const inScratch = (name: string): string => join(scratch(), name);

  /** Runs a program to its end, in the scratch folder. @returns what it printed */
  async function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
    const child = spawn(command, args, { cwd: scratch(), env: { ...process.env, ...env } });
    const [said, complained] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    assert.equal(child.exitCode, 0, complained);
    return said;
  }

  it("says that a program has one voice, where a script has several", () => {
    const [one, other] = [sound, { ...sound, voice: "other" }];
    const { title, segments } = script("One.", "Two.");
    const [first, second] = segments;
    assert.ok(first && second);
    const cast = [
      { ...first, sound: one },
      { ...second, sound: other },
    ];
    assert.throws(() => writeCode({ title, segments: cast }, sound, "python"), {
      code: "several-voices",
    });
    const alone = { title, segments: [{ ...first, sound: other }] };
    assert.match(writeCode(alone, sound, "python"), /"id": "other"/);
  });

  for (const { id } of codeLanguages) {
    it(`holds no key, and the title in a comment alone, in ${id}`, () => {
      const code = writeCode(script("Hello."), sound, id);
      assert.match(code, /^(#|\/\/) A talk \*\/ process\.exit\(1\)\n/);
      assert.match(code, /CARTESIA_API_KEY/);
      assert.doesNotMatch(code, /api_?key[:=] ?"/i);
      assert.ok(code.endsWith("\n") && !/[ \t]$/m.test(code));
    });

    it(`leaves out what has nothing to say, and refuses where all has, in ${id}`, () => {
      assert.doesNotMatch(writeCode(script("One.", "…", "Two."), sound, id), /…",/);
      assert.throws(() => writeCode(script("…"), sound, id), { code: "nothing" });
    });
  }

  it("refuses where a variable has no value: the program would lack a part", () => {
    const { title, segments } = script("One.", "");
    const [one, two] = segments;
    const lacking = { title, segments: [one!, { ...two!, unfilled: true }] };
    assert.throws(() => writeCode(lacking, sound, "python"), { code: "not-spoken" });
  });

  it("names the pronunciation dictionary where there is one, in typescript", () => {
    const code = writeCode(
      script("One."),
      { ...sound, pronunciationDict: "pdict_1" },
      "typescript",
    );
    assert.match(code, /\n {4}pronunciation_dict_id: "pdict_1",\n/);
    assert.doesNotMatch(writeCode(script("One."), sound, "typescript"), /pronunciation/);
  });

  it("pushes what a preview sends: one space between the words of two segments, and none where a script has none", () => {
    const code = writeCode(
      script("Stay hungry,", "stay foolish.", "你好，", "世界"),
      sound,
      "typescript",
    );
    assert.match(
      code,
      /\n {2}"Stay hungry, ",\n {2}"stay foolish\. ",\n {2}"你好，",\n {2}"世界",\n/,
    );
  });

  describe("in TypeScript", function () {
    this.timeout(60_000);
    let voice: LocalVoice;
    let proxy: RecordingProxy;
    before(async () => {
      voice = await startTestVoice();
      const [cert, key] = await Promise.all([
        readFile(fixture("tls/localhost.crt"), "utf8"),
        readFile(fixture("tls/localhost.key"), "utf8"),
      ]);
      proxy = await startRecordingProxy(voice.url, { cert, key });
    });
    after(async () => {
      await proxy.close();
      await voice.close();
    });

    it("runs as it is: says the script over one context, and saves a file for each flush", async () => {
      await symlink(nodeModules, inScratch("node_modules"));
      const odd = 'say “foo\\lish” "twice"\n\u2028and ${more} `.';
      await writeFile(
        inScratch("speak.mts"),
        writeCode(
          script("Stay hungry,", odd, "The end."),
          { ...configured, emotion: "sad" },
          "typescript",
        ),
      );
      const said = await run(process.execPath, ["speak.mts"], {
        CARTESIA_API_KEY: voice.token,
        CARTESIA_BASE_URL: `https://${proxy.host}`,
        NODE_EXTRA_CA_CERTS: fixture("tls/localhost.crt"),
      });

      const sent = proxy.messages.map(({ transcript, flush, continue: goesOn }) => [
        transcript,
        flush,
        goesOn,
      ]);
      assert.deepEqual(sent, [
        ["Stay hungry, ", undefined, true],
        ["", true, true],
        [`${odd} `, undefined, true],
        ["", true, true],
        ["The end.", undefined, true],
        ["", undefined, false],
      ]);
      const [first] = proxy.messages;
      assert.equal(new Set(proxy.messages.map(({ context_id }) => context_id)).size, 1);
      assert.deepEqual(first!["output_format"], {
        container: "raw",
        encoding: "pcm_s16le",
        sample_rate: 16000,
      });
      assert.deepEqual(first!["generation_config"], { speed: 1.2, volume: 0.5, emotion: "sad" });

      const client = await VoiceClient.connect(voice);
      for (const message of proxy.messages) client.sendText(JSON.stringify(message));
      const contextId = String(first!["context_id"]);
      await client.end(contextId);
      client.socket.close();
      const files = ["flush_000.pcm", "flush_001.pcm", "flush_002.pcm"];
      assert.deepEqual(await namesIn(scratch()), [...files, "node_modules", "speak.mts"]);
      for (const [flushId, file] of files.entries()) {
        const bytes = await readFile(inScratch(file));
        assert.ok(bytes.length > 8000);
        assert.ok(bytes.equals(client.audio(contextId, flushId)), file);
        const line = `ffplay -hide_banner -nodisp -autoexit -f s16le -sample_rate 16000 -i ${file}\n`;
        assert.ok(said.includes(line), said.slice(-500));
      }
      assert.match(said, /\{"type":"chunk",.*"data":"\[redacted\]"/);
      assert.match(said, /"type":"flush_done"/);
      assert.match(said, /"type":"done"/);
      assert.doesNotMatch(said, /[A-Za-z0-9+/]{200}/);
      assert.doesNotMatch(said, new RegExp(voice.token));
    });

    it("has no fault that the compiler knows of", async () => {
      await symlink(nodeModules, inScratch("node_modules"));
      const names = ["plain.mts", "configured.mts"].map(inScratch);
      await writeFile(names[0]!, writeCode(script("One.", "Two."), sound, "typescript"));
      await writeFile(
        names[1]!,
        writeCode(script("One."), { ...configured, pronunciationDict: "pdict_1" }, "typescript"),
      );
      const program = ts.createProgram(names, {
        strict: true,
        noEmit: true,
        skipLibCheck: true,
        module: ts.ModuleKind.NodeNext,
        target: ts.ScriptTarget.ES2022,
        types: ["node"],
        typeRoots: [join(nodeModules, "@types")],
        erasableSyntaxOnly: true,
        noUnusedLocals: true,
      });
      const faults = ts.getPreEmitDiagnostics(program);
      assert.deepEqual(
        faults.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
        [],
      );
    });
  });

  for (const id of ["python", "python-async"] as const) {
    const code = (): string =>
      writeCode(script("Stay hungry,", "stay \u{e0001}“foo\\lish”.", "你好。"), configured, id);

    it(`is what the SDK's example does, in ${id}`, () => {
      const wait = id === "python" ? "" : "await ";
      for (const line of [
        `${wait}context.push("", flush=True)`,
        `${wait}context.push(transcript)`,
        `${wait}context.no_more_inputs()`,
        'generation_config={"speed": 1.2, "volume": 0.5, "emotion": "wry"},',
        "flush_id = event.flush_id or 0",
      ]) {
        assert.ok(code().includes(`${line}\n`), line);
      }
    });

    it(`runs to its end against what is documented of the SDK, in ${id}`, async () => {
      await writeFile(inScratch("speak.py"), code());
      if (!hasPython) return assert.match(code(), /^if __name__ == "__main__":$/m);
      await run("python3", ["-m", "py_compile", "speak.py"], {});
      await mkdir(inScratch("cartesia"));
      await writeFile(
        inScratch("cartesia/__init__.py"),
        await readFile(fixture("cartesia.py"), "utf8"),
      );
      const said = await run("python3", ["speak.py"], {
        CARTESIA_API_KEY: "secret",
        PYTHONUTF8: "1",
      });
      const lines = said.trim().split("\n");
      const calls: unknown = JSON.parse(await readFile(inScratch("calls.json"), "utf8"));
      assert.deepEqual(calls, [
        ["key", "secret"],
        ["context", "sonic-3", { mode: "id", id: sound.voice }, "en", configuredOnly()],
        ["format", { container: "raw", encoding: "pcm_s16le", sample_rate: 16000 }],
        ["push", "Stay hungry, ", false],
        ["push", "", true],
        ["push", "stay \u{e0001}“foo\\lish”. ", false],
        ["push", "", true],
        ["push", "你好。", false],
        ["no_more_inputs"],
      ]);
      assert.equal(await readFile(inScratch("flush_000.pcm"), "utf8"), "none");
      assert.equal(await readFile(inScratch("flush_001.pcm"), "utf8"), "onemore");
      assert.deepEqual(JSON.parse(lines[0]!), {
        type: "chunk",
        data: "[redacted]",
        flush_id: null,
      });
      assert.deepEqual(lines.slice(-2), [
        "ffplay -hide_banner -nodisp -autoexit -f s16le -sample_rate 16000 -i flush_000.pcm",
        "ffplay -hide_banner -nodisp -autoexit -f s16le -sample_rate 16000 -i flush_001.pcm",
      ]);
    });
  }

  function configuredOnly(): object {
    const { speed, volume, emotion } = configured;
    return { speed, volume, emotion };
  }
});
