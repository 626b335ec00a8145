import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import {
  startScriptedService,
  type Door,
  type ScriptedService,
} from "../../support/fakes/scriptedService.ts";
import { namesIn } from "../clips/scratch.ts";
import { readManifest, scriptOf, useCli } from "./scripts.ts";

const key = "sk_car_never_to_be_shown";

describe("The command line, where something is wrong,", () => {
  const { cli, write, inFolder } = useCli();
  let service: ScriptedService | undefined;
  afterEach(() => service?.close());

  const listen = async (door: Door = {}): Promise<string> => {
    service = await startScriptedService({}, () => true, door);
    return new URL(service.url).origin.replace(/^http/, "ws");
  };
  const refuse = async (status: number): Promise<{ code: number | null; stderr: string }> => {
    await write("talk.md", scriptOf("One.", "Two."));
    const endpoint = await listen({ refuse: () => ({ status, body: `no ${key}` }) });
    const call = { env: { CARTESIA_API_KEY: key } };
    const { code, stdout, stderr } = await cli(["render", "talk.md", "--endpoint", endpoint], call);
    assert.ok(!`${stdout}${stderr}`.includes(key), "the key is never shown");
    return { code, stderr };
  };

  const usage: readonly (readonly [string, readonly string[], RegExp])[] = [
    ["no subcommand", [], /^Hears scripts/],
    ["an unknown subcommand", ["frob"], /There is no subcommand “frob”\./],
    ["an unknown option", ["render", "--foo", "talk.md"], /There is no option --foo\./],
    ["an option without its value", ["render", "talk.md", "--voice"], /--voice needs a value\./],
    ["a value for a switch", ["render", "--again=1", "talk.md"], /--again takes no value\./],
    ["no script", ["render"], /Name a script/],
    ["a missing script", ["render", "nope.md"], /There is no file “nope\.md”\./],
    ["a folder", ["check", "folder"], /“folder” is a folder\. Name the scripts in it\./],
    ["a binary file", ["render", "sound.wav"], /“sound\.wav” is not a text\. Name/],
    ["a wrong encoding", ["render", "talk.md", "--encoding", "mp3"], /must be one of pcm_f32le/],
    ["a wrong rate", ["render", "talk.md", "--sample-rate", "1"], /must be one of 8000, 16000/],
    ["a wrong number", ["render", "talk.md", "--concurrency", "99"], /a whole number from 1 to 15/],
    ["wrong segments", ["render", "talk.md", "--segments", "3-1"], /--segments is “3-1”/],
    ["a wrong service", ["voices", "--service", "x"], /must be one of local, cartesia/],
    ["an insecure endpoint", ["voices", "--endpoint", "ws://example.com"], /must begin with wss:/],
    [
      "an endpoint that holds a key",
      ["voices", "--endpoint", "wss://example.com?api_key=sk_car_never"],
      /“wss:\/\/example\.com…”\. It must .* have no query/,
    ],
    [
      "an endpoint for the local voice",
      ["voices", "--service", "local", "--endpoint", "wss://example.com"],
      /The local voice has no --endpoint/,
    ],
  ];
  for (const [what, args, message] of usage) {
    it(`says in a sentence what is wrong with ${what}, and ends with 2`, async () => {
      await write("talk.md", scriptOf("One."));
      await write("folder/a.md", "");
      await write("sound.wav", Uint8Array.of(0x52, 0x49, 0x46, 0x46, 0xff, 0x00, 0xfe));
      const { code, stdout, stderr } = await cli(args);
      assert.equal(code, 2);
      assert.equal(stdout, "");
      assert.match(stderr.replace(/^scripted-speech: /, ""), message);
    });
  }

  it("ends with 3 where there is no key, and says how to do without", async () => {
    await write("talk.md", scriptOf("One."));
    const { code, stderr } = await cli(["render", "talk.md", "--service", "cartesia"]);
    assert.equal(code, 3);
    assert.match(stderr, /There is no API key\. Set CARTESIA_API_KEY, or use --service local\./);
    assert.deepEqual(await namesIn(inFolder()), ["talk.md"]);
  });

  it("needs no key where nothing is to be spoken", async () => {
    await write("talk.md", scriptOf("One."));
    const endpoint = await listen();
    const args = ["render", "talk.md", "--endpoint", endpoint];
    assert.equal((await cli(args, { env: { CARTESIA_API_KEY: key } })).code, 0);
    assert.equal((await cli(args)).code, 0);
  });

  it("gives the key to an endpoint that --endpoint names", async () => {
    await write("talk.md", scriptOf("One."));
    const endpoint = await listen();
    const { code, stderr } = await cli(["render", "talk.md", "--endpoint", endpoint], {
      env: { CARTESIA_API_KEY: key },
    });
    assert.equal(code, 0, stderr);
    assert.equal(service?.headers["authorization"], `Bearer ${key}`);
    assert.match(stderr, /Cartesia’s protocol at 127\.0\.0\.1:\d+ speaks/);
  });

  it("keeps the key from an endpoint that the environment alone names", async () => {
    await write("talk.md", scriptOf("One."));
    const endpoint = await listen();
    const { code, stderr } = await cli(["render", "talk.md"], {
      env: { CARTESIA_API_KEY: key, SCRIPTED_SPEECH_ENDPOINT: endpoint },
    });
    assert.equal(code, 3);
    assert.match(stderr, /The key is not sent to “ws:.*Give it with --endpoint, too/);
    assert.equal(service?.attempts, 0);
  });

  it("ends with 3 where the key is rejected", async () => {
    const { code, stderr } = await refuse(401);
    assert.equal(code, 3);
    assert.match(stderr, /The service rejected the API key\..* Check CARTESIA_API_KEY\./);
  });

  it("ends with 5 where no credits are left", async () => {
    const { code, stderr } = await refuse(402);
    assert.equal(code, 5);
    assert.match(stderr, /The account has no credits left\./);
  });

  it("ends with 4 where the service can't be reached, and says so once", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    await new Promise((resolve) => taken.close(resolve));
    await write("talk.md", scriptOf("One.", "Two."));
    await write("more.md", scriptOf("Three."));
    const args = ["render", "talk.md", "more.md", "--endpoint", `ws://127.0.0.1:${port}`];
    const { code, stderr } = await cli(args, { env: { CARTESIA_API_KEY: key } });
    assert.equal(code, 4);
    assert.equal(stderr.match(/Could not reach the speech service/g)?.length, 1);
    assert.doesNotMatch(stderr, /more\.md/);
  });

  interface Rendered {
    readonly exitCode: number;
    readonly files: readonly {
      readonly exitCode: number;
      readonly spoken: number;
      readonly notReady: number;
      readonly characters: number;
      readonly failure?: { readonly code: string };
    }[];
  }

  /** Renders scripts over a service of these habits. */
  const renderOver = async (
    started: Promise<ScriptedService>,
    ...args: readonly string[]
  ): Promise<{ code: number | null; stderr: string; document: Rendered }> => {
    service = await started;
    const call = { env: { CARTESIA_API_KEY: key } };
    const all = ["render", ...args, "--endpoint", service.url, "--json"];
    const { code, stdout, stderr } = await cli(all, call);
    return { code, stderr, document: JSON.parse(stdout) as Rendered };
  };

  it("goes on with the other scripts where one segment gets no audio, names it, and ends with 1", async () => {
    await write("a.md", scriptOf("One.", "Two.", "Three."));
    await write("b.md", scriptOf("Four."));
    await write("c.md", scriptOf("Five."));
    const started = startScriptedService({ mute: ["Two."] });
    const { code, stderr, document } = await renderOver(started, "a.md", "b.md", "c.md");
    assert.equal(code, 1);
    assert.match(stderr, /a\.md:\d+:\d+: segment 2: incomplete: The speech service sent no audio/);
    assert.deepEqual(
      document.files.map(({ exitCode, spoken, notReady }) => [exitCode, spoken, notReady]),
      [
        [1, 2, 1],
        [0, 1, 0],
        [0, 1, 0],
      ],
    );
  });

  it("lists the scripts that were not tried, where none of them could go well", async () => {
    await write("a.md", scriptOf("One."));
    await write("b.md", scriptOf("Two.", "Three."));
    const refuse = () => ({ status: 402 });
    const { code, document } = await renderOver(
      startScriptedService({}, () => true, { refuse }),
      "a.md",
      "b.md",
    );
    assert.equal(code, 5);
    assert.deepEqual(
      document.files.map(({ exitCode, notReady, failure }) => [exitCode, notReady, failure?.code]),
      [
        [5, 1, "out-of-credits"],
        [5, 2, "out-of-credits"],
      ],
    );
    assert.equal(service?.attempts, 1);
  });

  it("tells once that an upgrade was refused, whatever for", async () => {
    for (const status of [400, 404]) {
      const { stderr } = await refuse(status);
      assert.equal(stderr.match(new RegExp(`\\(${status}\\)\\. The service says`, "g"))?.length, 1);
      await service?.close();
    }
  });

  it("sends no more than --max-characters, what is said again included, and ends with 7", async () => {
    await write("a.md", scriptOf("One.", "Two.", "Three.", "Four.", "Five."));
    await write("b.md", scriptOf("Six."));
    const most = "One. Two. Three. Four. Five.Six.".length;
    let frames = 0;
    const started = startScriptedService({}, (_frame, { socket }) => {
      if (++frames === 5) socket.terminate();
      return frames < 5 || frames > 5;
    });
    const args = ["a.md", "b.md", "--max-characters", String(most)];
    const { code, stderr, document } = await renderOver(started, ...args);
    assert.equal(code, 7);
    assert.match(stderr, /More than 32 characters would have been sent.* higher --max-characters/);
    const lengthOf = (text: unknown): number => (typeof text === "string" ? text.length : 0);
    const sent = service?.frames.map(({ transcript }) => lengthOf(transcript)) ?? [];
    const sum = sent.reduce((total, length) => total + length, 0);
    const told = document.files.reduce((total, { characters }) => total + characters, 0);
    assert.ok(sum <= told && told <= most, `${sum} came of ${told} that were sent; ${most} may be`);
    assert.ok((document.files[0]?.spoken ?? 0) > 0, "what was sent is heard, and saved");
    assert.deepEqual(
      document.files.map(({ exitCode }) => exitCode),
      [7, 7],
    );
  });

  it("tells the failure in the JSON document, too", async () => {
    await write("talk.md", scriptOf("One."));
    const { code, stdout } = await cli(["render", "talk.md", "--service", "cartesia", "--json"]);
    const document = JSON.parse(stdout) as {
      exitCode: number;
      files: { failure: { code: string } }[];
    };
    assert.equal(document.exitCode, code);
    assert.equal(document.files[0]?.failure.code, "no-key");
  });

  it("prints help for each subcommand, and the version", async () => {
    for (const command of ["render", "check", "export", "voices"]) {
      const { code, stdout } = await cli([command, "--help"]);
      assert.equal(code, 0);
      assert.match(stdout, new RegExp(`^Usage: scripted-speech ${command}`));
    }
    const { version } = await readManifest();
    assert.equal((await cli(["--version"])).stdout, `${version}\n`);
  });

  const long = "No. ".repeat(5 << 18); // 5 MB
  const sayings: Readonly<Record<string, (context_id: unknown) => object>> = {
    "an error's message": (context_id) => ({
      type: "error",
      context_id,
      status_code: 400,
      message: long,
    }),
    "an error's code": (context_id) => ({ type: "error", context_id, error_code: long }),
    "an error of the connection": () => ({ type: "error", status_code: 500, title: long }),
    "a type that nobody knows": (context_id) => ({ type: long, context_id }),
    words: (context_id) => ({
      type: "timestamps",
      context_id,
      word_timestamps: { words: [long], start: [0], end: [1] },
    }),
    "audio that is none": (context_id) => ({ type: "chunk", context_id, data: long }),
  };
  for (const [what, saying] of Object.entries(sayings)) {
    it(`needs little memory, and says little, where the service sends 5 MB as ${what}`, async () => {
      await write("talk.md", scriptOf("One.", "Two."));
      service = await startScriptedService({}, ({ context_id: id }, { socket, sent }) => {
        if (sent % 4 === 0) socket.send(JSON.stringify(saying(id)));
        return true;
      });
      const endpoint = new URL(service.url).origin.replace(/^http/, "ws");
      const { code, stdout, stderr } = await cli(["render", "talk.md", "--endpoint", endpoint], {
        // Where this is too little, it dies.
        env: { CARTESIA_API_KEY: key, NODE_OPTIONS: "--max-old-space-size=64" },
      });
      assert.notEqual(code, null, stderr);
      assert.ok(code !== null && code <= 6, `exit code ${code}: ${stderr.slice(0, 500)}`);
      assert.ok(
        stdout.length + stderr.length < 3000,
        `${stderr.length} characters: ${stderr.slice(0, 3000)}`,
      );
    });
  }
});
