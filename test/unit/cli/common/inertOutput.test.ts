import assert from "node:assert/strict";
import fc from "fast-check";
import { Progress } from "../../../../src/cli/commands/progress.ts";
import { Terminal } from "../../../../src/cli/common/terminal.ts";
import { scriptOf, useCli } from "../scripts.ts";

/** What steers a terminal, or turns the direction of reading; the ends of lines and the tab do not. */
const steering =
  /(?![\t\n])\p{Cc}|[\p{Zl}\p{Zp}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** A title, a link, a cleared screen, an answer that is typed, a colour; in C0 and in C1; and marks of direction. */
const attacks = [
  "\u001b]0;title\u0007",
  "\u001b]8;;http://localhost/\u001b\\link\u001b]8;;\u001b\\",
  "\u001b[2J\u001b[H",
  "\u009b31m\u009d0;title\u009c",
  "\r\u001b[Kdone",
  "a\u2028b\u2029c\u0085d",
  "\u202egpj.exe\u202c\u2066x\u2069",
  "\u0000\u0008\u007f",
];

const text = fc.oneof(
  fc.constantFrom(...attacks),
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.array(fc.integer({ min: 0, max: 0x9f }), { maxLength: 30 }).map((units) => {
    return String.fromCharCode(...units);
  }),
);

/** All that a terminal got, without the sequence by which the line at the bottom is drawn. */
function openTerminal(how: { readonly json?: boolean } = {}) {
  const written = { out: "", err: "" };
  const stdout = { write: (part: string) => (written.out += part) };
  const stderr = { write: (part: string) => (written.err += part), isTTY: true, columns: 70 };
  const terminal = new Terminal({ stdout, stderr }, { env: {}, ...how });
  const seen = (): string => written.out + written.err.replaceAll("\r\u001b[K", "");
  return { terminal, written, seen };
}

describe("What the command line writes", () => {
  it("steers no terminal, on whichever way it is written", () => {
    fc.assert(
      fc.property(text, (said) => {
        const { terminal, seen } = openTerminal();
        terminal.result(said);
        terminal.note(said);
        terminal.error(said);
        terminal.text(said);
        terminal.help(said);
        terminal.errorText(said);
        terminal.status(said);
        terminal.status(`${said} on`);
        assert.doesNotMatch(seen(), steering);
      }),
    );
  });

  it("shows how far it is with the name of a script that would steer it", () => {
    for (const title of attacks) {
      const { terminal, seen } = openTerminal();
      const progress = new Progress(terminal, title, new Map([[0, 1]]), () => 0);
      progress.done(0);
      progress.end();
      assert.doesNotMatch(seen(), steering);
      assert.match(seen(), /1 of 1 segment/);
    }
  });

  it("says in JSON what there is, to the letter, and steers nothing by it", () => {
    fc.assert(
      fc.property(fc.array(text), fc.string({ unit: "grapheme" }), (values, key) => {
        const document = { [`k${key}`]: values, one: `שלום 👩‍🚀 ${key}` };
        const { terminal, written } = openTerminal({ json: true });
        terminal.json(document);
        assert.deepEqual(JSON.parse(written.out), JSON.parse(JSON.stringify(document)));
        assert.doesNotMatch(written.out, steering);
      }),
    );
  });

  it("keeps what belongs to the spelling of words, and loses the middle of what has no end", () => {
    const { terminal, written } = openTerminal();
    terminal.result("می‌خواهم 👩‍🚀 שלום\t1.00 s");
    assert.equal(written.out, "می‌خواهم 👩‍🚀 שלום\t1.00 s\n");
    terminal.error(`a${"x".repeat(1_000_000)}z`);
    assert.match(written.err, /^ax{1000,3000} … x{1000,3000}z\n$/);
  });
});

describe("The command line, with a script whose name would steer a terminal", function () {
  const { cli, write, inFolder } = useCli();
  const name = "a\u001b]0;hit\u0007\u202eb\u009b.speech.md";

  before(function () {
    if (process.platform === "win32") this.skip(); // no file can have such a name
  });

  for (const args of [["check", "--fresh"], ["render"], ["export", "--code", "python"]]) {
    it(`steers none by ${args[0]}, and names it right in JSON`, async () => {
      await write(name, scriptOf("One. \u202e <flush", "Two."));
      const plain = await cli([...args, name]);
      assert.doesNotMatch(plain.stdout + plain.stderr, steering);
      const { stdout, stderr } = await cli([...args, name, "--json"]);
      assert.doesNotMatch(stdout + stderr, steering);
      const { files } = JSON.parse(stdout) as { files: { file?: string }[] };
      if (args[0] !== "export") assert.equal(files[0]?.file, inFolder(name));
    });
  }

  it("steers none by what it can't do", async () => {
    for (const args of [["render", name], [name], ["check", `--${name}`], ["voices", name]]) {
      const { code, stdout, stderr } = await cli(args);
      assert.equal(code, 2);
      assert.doesNotMatch(stdout + stderr, steering);
    }
  });
});
