import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { codeLanguages, type CodeLanguage } from "../../../src/export/code/codeLanguages.ts";
import type { ExportScript } from "../../../src/export/common/exportScript.ts";
import { writeCode } from "../../../src/export/code/writeCode.ts";
import { openPreview } from "../../../src/preview/openPreview.ts";
import type { ScriptPreview } from "../../../src/preview/scriptPreview.ts";
import { newestVersion } from "../../../src/protocol/clientMessage.ts";
import { endpointAt } from "../../../src/session/connection/endpoint.ts";
import { startRecordingProxy } from "../../support/fakes/recordingProxy.ts";
import { namesIn, useScratchFolder } from "../clips/scratch.ts";
import { VoiceClient } from "../localVoice/voiceClient.ts";
import { faultsOf, hasPython, runPython, useRecordedVoice } from "./programs.ts";

/** Segments with nothing to say, seams with and without a space, and all that changes what is said and how. */
const play = `---
speech:
  pronunciation_dict: pdict_1
  variables: { friend: "Jaques \\"the Sad\\"" }
  pronunciations: { Arden: Ardenne }
  cast:
    ROSALIND: slt
    ORLANDO: { voice: awb, speed: 1.2, volume: 0.5, emotion: sad, language: fr }
    __proto__: rms
    CELIA: slt
---

In the forest of Arden.

ROSALIND: I pray you, <flush/>what is it <flush/> … <flush/> o’clock, {{friend}}?

CELIA: Yes. <flush/> 你好，<flush/>世界 <flush/> Well.

ORLANDO: There’s no clock.

__proto__: \`No\` clock.

ROSALIND: Then there is no true lover.
`;

/** What was sent, context by context. */
type Sent = readonly { readonly how: unknown; readonly messages: readonly unknown[] }[];

function byContext(messages: readonly Readonly<Record<string, unknown>>[]): Sent {
  const contexts = [...new Set(messages.map(({ context_id: id }) => id))];
  return contexts.map((id) => {
    const own = messages.filter(({ context_id: other }) => other === id);
    const how = [
      ...["model_id", "voice", "language", "output_format", "pronunciation_dict_id"],
      ...["generation_config", "accent", "normalization"],
    ].map((key) => [key, own[0]?.[key]] as const);
    return {
      how: Object.fromEntries(how),
      messages: own.map(({ transcript, flush, continue: goesOn }) => [transcript, flush, goesOn]),
    };
  });
}

describe("The program of a script with several voices", () => {
  const scratch = useScratchFolder();
  const { voice, sent, runTypeScript } = useRecordedVoice();
  const inScratch = (name: string): string => join(scratch(), name);

  async function read(text: string): Promise<ScriptPreview> {
    const path = inScratch("play.md");
    const { preview } = await openPreview(
      {
        uri: "file:///play.md",
        path,
        audioFolder: "",
        workspaceRoot: undefined,
        storage: undefined,
        container: "wav",
      },
      { report: () => {}, trace: () => {} },
    );
    const settings = {
      voice: "kal",
      model: "sonic-3",
      language: "en",
      encoding: "pcm_s16le",
      sampleRate: 16000,
    } as const;
    preview.read({ text, language: "markdown", markers: [], settings, service: "local" });
    return preview;
  }

  function codeOf(preview: ScriptPreview, language: CodeLanguage): string {
    const { soundOf } = preview;
    const segments = preview.segments().map(({ index, transcript, speaker }) => ({
      index,
      transcript,
      speaker,
      sound: soundOf(speaker),
    }));
    const script: ExportScript = { title: "As You Like It", segments };
    const sound = soundOf(undefined);
    assert.ok(sound);
    return writeCode(script, sound, language);
  }

  /** What a press of Preview sends. */
  async function preview(text: string): Promise<Sent> {
    const proxy = await startRecordingProxy(voice().url);
    const endpoint = endpointAt(`ws://${proxy.host}`, voice().token, newestVersion);
    const opened = await read(text);
    const ending = await opened.run({ kind: "script" }, () => Promise.resolve(endpoint));
    await proxy.close();
    assert.equal(ending.failure, undefined);
    return byContext(proxy.messages);
  }

  it("sends each voice's accent and normalization with each of its messages, in TypeScript", async () => {
    const accented = play
      .replace("slt\n", "{ voice: slt, accent: general-american }\n")
      .replace("variables:", "normalization: off\n  variables:");
    const expected = await preview(accented);
    const accents = expected.map(({ how }) => (how as { accent?: string }).accent);
    assert.ok(accents.includes("general-american") && accents.includes(undefined));
    const before = sent().length;
    await runTypeScript(scratch(), codeOf(await read(accented), "typescript"));
    const messages = sent().slice(before);
    assert.deepEqual(byContext(messages), expected);
    for (const { normalization } of messages) assert.equal(normalization, "off");
  });

  it("sends what a preview sends, to the byte, in TypeScript, and saves each segment under its clip's name", async () => {
    const expected = await preview(play);
    assert.deepEqual(
      expected.map(({ messages }) => messages.length),
      [2, 14, 2, 2, 2],
    );
    const before = sent().length;
    const said = await runTypeScript(scratch(), codeOf(await read(play), "typescript"));
    const messages = sent().slice(before);
    assert.deepEqual(byContext(messages), expected);

    const client = await VoiceClient.connect(voice());
    for (const message of messages) client.sendText(JSON.stringify(message));
    const ids = [...new Set(messages.map((message) => String(message["context_id"])))];
    await Promise.all(ids.map((id) => client.end(id)));
    client.socket.close();
    const [narrator = "", women = "", orlando = "", other = "", rosalind = ""] = ids;
    const sounds = [
      ["flush_000.pcm", client.audio(narrator, 0)],
      ["flush_001.pcm", client.audio(women, 0)],
      ["flush_002.pcm", client.audio(women, 1)],
      ["flush_004.pcm", client.audio(women, 2)],
      ["flush_005.pcm", client.audio(women, 3)],
      ["flush_006.pcm", client.audio(women, 4)],
      ["flush_007.pcm", client.audio(women, 5)],
      ["flush_008.pcm", client.audio(women, 6)],
      ["flush_009.pcm", client.audio(orlando, 0)],
      ["flush_010.pcm", client.audio(other, 0)],
      ["flush_011.pcm", client.audio(rosalind, 0)],
    ] as const;
    const names = (await namesIn(scratch())).filter((name) => name.endsWith(".pcm"));
    assert.deepEqual(
      names,
      sounds.map(([name]) => name),
    );
    const lines = said.trim().split("\n").slice(-sounds.length);
    for (const [at, [name, audio]] of sounds.entries()) {
      assert.ok((await readFile(inScratch(name))).equals(audio), name);
      const line = `ffplay -hide_banner -nodisp -autoexit -f s16le -sample_rate 16000 -i ${name}`;
      assert.equal(lines[at], line);
    }
    assert.match(said, /\{"type":"chunk",.*"data":"\[redacted\]"/);
    assert.doesNotMatch(said, /[A-Za-z0-9+/]{200}/);
  });

  it("has no fault that the compiler knows of", async () => {
    const plain = play.replace(/ORLANDO: \{.*\}/, "ORLANDO: awb");
    const accented = play.replace("slt", "{ voice: slt, accent: general-american }");
    const programs = [play, plain, accented].map(async (text) =>
      codeOf(await read(text), "typescript"),
    );
    assert.deepEqual(await faultsOf(scratch(), await Promise.all(programs)), []);
  });

  for (const id of ["python", "python-async"] as const) {
    it(`sends what a preview sends, and the next turn before this one is heard, in ${id}`, async function () {
      if (!hasPython) return this.skip();
      const expected = await preview(play);
      const { said, calls } = await runPython(scratch(), codeOf(await read(play), id));
      const pushed = calls
        .filter(([name]) => name === "push")
        .map(([, text, flush]) => [text, flush]);
      const contexts = calls.filter(([name]) => name === "context");
      const turns = expected.map(
        ({ messages }) => messages as [string, true | undefined, boolean][],
      );
      assert.deepEqual(
        pushed,
        turns.flatMap((messages) =>
          messages.slice(0, -1).map(([text, flush]) => [text, flush ?? false]),
        ),
      );
      assert.deepEqual(
        contexts.map(([, model_id, of, language, config, dictionary]) => [
          model_id,
          of,
          language,
          config,
          dictionary,
        ]),
        expected.map(({ how }) => {
          const {
            model_id,
            voice: of,
            language,
            generation_config,
            pronunciation_dict_id,
          } = how as Record<string, unknown>;
          return [model_id, of, language, generation_config ?? null, pronunciation_dict_id];
        }),
      );
      const order = calls
        .map(([name]) => name)
        .filter((name) => name === "context" || name === "receive");
      const one = ["receive", "context"];
      assert.deepEqual(order, ["context", "context", ...one, ...one, ...one, "receive", "receive"]);
      assert.equal(calls.filter(([name]) => name === "connect").length, 1);
      assert.equal(
        await readFile(inScratch("flush_004.pcm"), "utf8"),
        'o’clock, Jaques "the Sad"? ',
      );
      assert.equal(
        await readFile(inScratch("flush_011.pcm"), "utf8"),
        "Then there is no true lover.",
      );
      assert.match(said, / -i flush_002\.pcm\n.* -i flush_004\.pcm\n/);
    });
  }

  it("sends each voice's accent and normalization with each of its messages, in Python", async function () {
    if (!hasPython) return this.skip();
    const text = `---
speech:
  cast: { ANN: { voice: slt, accent: general-american, normalization: off }, BOB: rms }
---

ANN: One. <flush/> Two.

BOB: Three.
`;
    const { calls } = await runPython(scratch(), codeOf(await read(text), "python"));
    const extras = { accent: "general-american", normalization: "off" };
    assert.deepEqual(
      calls.filter(([name]) => name === "push"),
      [
        ["push", "One. ", false, extras],
        ["push", "", true, extras],
        ["push", "Two.", false, extras],
        ["push", "", false, extras, "end"],
        ["push", "Three.", false],
        ["push", "", false, "end"],
      ],
    );
  });

  for (const { id } of codeLanguages) {
    it(`names the voices by who speaks with them first, and the script's own as none of them, in ${id}`, async () => {
      const text =
        "---\nspeech:\n  cast: { narrator: slt, ANN: awb }\n---\n\nOne.\n\nnarrator: Two.\n\nANN: Three.\n";
      const code = codeOf(await read(text), id);
      assert.match(code, /"narrator:": [^]*"kal"[^]*"narrator": [^]*"slt"[^]*"ANN": [^]*"awb"/);
    });
  }
});
