import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeLanguages } from "../../../../src/export/code/codeLanguages.ts";
import { writeCode } from "../../../../src/export/code/writeCode.ts";
import type { VoiceOptions } from "../../../../src/protocol/clientMessage.ts";
import { namesIn, useScratchFolder } from "../../clips/scratch.ts";
import { VoiceClient } from "../../localVoice/voiceClient.ts";
import { faultsOf, hasPython, runPython, runPythonCutOff, useRecordedVoice } from "../programs.ts";

const sound: VoiceOptions = {
  model: "sonic-3",
  voice: "6ccbfb76-1fc6-48f7-b71d-91ac6298247b",
  language: "en",
  encoding: "pcm_s16le",
  sampleRate: 16000,
};
const regional = { ...sound, language: "en-GB", accent: "scouse", normalization: "off" };
const configured = { ...sound, speed: 1.2, volume: 0.5, emotion: "wry" };

function script(...transcripts: readonly string[]) {
  return {
    title: "A talk\n*/ process.exit(1)",
    segments: transcripts.map((transcript, index) => ({ index, transcript })),
  };
}

describe("writeCode", () => {
  const scratch = useScratchFolder();
  const inScratch = (name: string): string => join(scratch(), name);

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

  it("names no encoding by its title, in Python", async function () {
    if (!hasPython) this.skip();
    const named = { ...script("One."), title: "Encoding: how, and coding=why" };
    await runPython(scratch(), writeCode(named, sound, "python"));
  });

  it("refuses where a variable has no value: the program would lack a part", () => {
    const { title, segments } = script("One.", "");
    const [one, two] = segments;
    const lacking = { title, segments: [one!, { ...two!, unfilled: true }] };
    assert.throws(() => writeCode(lacking, sound, "python"), { code: "not-spoken" });
  });

  it("names the pronunciation dictionary where there is one", () => {
    const named = { ...sound, pronunciationDict: "pdict_1" };
    const lineIn = {
      typescript: 'pronunciation_dict_id: "pdict_1",',
      python: 'pronunciation_dict_id="pdict_1",',
    };
    for (const id of ["typescript", "python"] as const) {
      assert.ok(writeCode(script("One."), named, id).includes(` ${lineIn[id]}\n`), id);
      assert.doesNotMatch(writeCode(script("One."), sound, id), /pronunciation/);
    }
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

  describe("in TypeScript", () => {
    const { voice, sent, runTypeScript } = useRecordedVoice();

    it("runs as it is: says the script over one context, and saves a file for each flush", async () => {
      const odd = 'say “foo\\lish” "twice"\n\u2028and ${more} `.';
      const emotional = { ...configured, emotion: "sad" };
      const code = writeCode(script("Stay hungry,", odd, "The end."), emotional, "typescript");
      const said = await runTypeScript(scratch(), code);

      const messages = sent();
      const told = messages.map(({ transcript, flush, continue: goesOn }) => [
        transcript,
        flush,
        goesOn,
      ]);
      assert.deepEqual(told, [
        ["Stay hungry, ", undefined, true],
        ["", true, true],
        [`${odd} `, undefined, true],
        ["", true, true],
        ["The end.", undefined, true],
        ["", undefined, false],
      ]);
      const [first] = messages;
      assert.equal(new Set(messages.map(({ context_id }) => context_id)).size, 1);
      assert.deepEqual(first!["output_format"], {
        container: "raw",
        encoding: "pcm_s16le",
        sample_rate: 16000,
      });
      assert.deepEqual(first!["generation_config"], { speed: 1.2, volume: 0.5, emotion: "sad" });

      const client = await VoiceClient.connect(voice());
      for (const message of messages) client.sendText(JSON.stringify(message));
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
      assert.doesNotMatch(said, new RegExp(voice().token));
    });

    it("sends accent and normalization with each message", async () => {
      await runTypeScript(scratch(), writeCode(script("One.", "Two."), regional, "typescript"));
      const messages = sent().slice(-4);
      assert.deepEqual(
        messages.map(({ transcript, flush, continue: goesOn }) => [transcript, flush, goesOn]),
        [
          ["One. ", undefined, true],
          ["", true, true],
          ["Two.", undefined, true],
          ["", undefined, false],
        ],
      );
      for (const { language, accent, normalization } of messages) {
        assert.deepEqual([language, accent, normalization], ["en-GB", "scouse", "off"]);
      }
    });

    it("has no fault that the compiler knows of", async () => {
      const dictionary = { ...configured, pronunciationDict: "pdict_1" };
      const programs = [
        writeCode(script("One.", "Two."), sound, "typescript"),
        writeCode(script("One."), dictionary, "typescript"),
        writeCode(script("One."), regional, "typescript"),
        writeCode(script("One."), { ...configured, ...regional }, "typescript"),
      ];
      assert.deepEqual(await faultsOf(scratch(), programs), []);
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
      if (!hasPython) return assert.match(code(), /^if __name__ == "__main__":$/m);
      const { said, calls } = await runPython(scratch(), code());
      const lines = said.trim().split("\n");
      assert.deepEqual(calls, [
        ["key", "secret"],
        ["connect"],
        ["context", "sonic-3", { id: sound.voice }, "en", configuredOnly(), null],
        ["format", { container: "raw", encoding: "pcm_s16le", sample_rate: 16000 }],
        ["push", "Stay hungry, ", false],
        ["push", "", true],
        ["push", "stay \u{e0001}“foo\\lish”. ", false],
        ["push", "", true],
        ["push", "你好。", false],
        ["no_more_inputs"],
        ["receive"],
      ]);
      for (const [at, heard] of [
        "Stay hungry, ",
        "stay \u{e0001}“foo\\lish”. ",
        "你好。",
      ].entries()) {
        assert.equal(await readFile(inScratch(`flush_00${at}.pcm`), "utf8"), heard);
      }
      assert.deepEqual(JSON.parse(lines[0]!), {
        type: "chunk",
        data: "[redacted]",
        flush_id: null,
      });
      assert.deepEqual(lines.slice(-3), [
        "ffplay -hide_banner -nodisp -autoexit -f s16le -sample_rate 16000 -i flush_000.pcm",
        "ffplay -hide_banner -nodisp -autoexit -f s16le -sample_rate 16000 -i flush_001.pcm",
        "ffplay -hide_banner -nodisp -autoexit -f s16le -sample_rate 16000 -i flush_002.pcm",
      ]);
    });
  }

  for (const id of ["python", "python-async"] as const) {
    it(`fails where the connection closes before all has come, in ${id}`, async function () {
      if (!hasPython) return this.skip();
      const { exitCode, complained } = await runPythonCutOff(
        scratch(),
        writeCode(script("One.", "Two."), sound, id),
      );
      assert.equal(exitCode, 1);
      assert.match(complained, /The connection closed before all of the audio had come\./);
    });
  }

  for (const id of ["python", "python-async"] as const) {
    it(`sends accent and normalization with each message, in ${id}`, async function () {
      if (!hasPython) return this.skip();
      const extras = { accent: "scouse", normalization: "off" };
      const { calls } = await runPython(scratch(), writeCode(script("One.", "Two."), regional, id));
      assert.deepEqual(calls.slice(4), [
        ["push", "One. ", false, extras],
        ["push", "", true, extras],
        ["push", "Two.", false, extras],
        ["push", "", false, extras, "end"],
        ["receive"],
      ]);
    });
  }

  function configuredOnly(): object {
    const { speed, volume, emotion } = configured;
    return { speed, volume, emotion };
  }
});
