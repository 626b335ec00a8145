import assert from "node:assert/strict";
import { useCli } from "../scripts.ts";

describe("The command line's --skip and --only", () => {
  const { cli, write } = useCli();
  const talk = "# Talk\n\nOne (two). <!-- speech: off -->Three.<!-- speech: on -->\n\n> Four\n";

  /** The first argument of the program that is exported: what is sent. */
  const sent = async (...options: readonly string[]): Promise<string[]> => {
    const { stdout } = await cli(["export", "talk.speech.md", "--code", "typescript", ...options]);
    return [...stdout.matchAll(/transcript: "([^"]*)"/g)]
      .map(([, text = ""]) => text)
      .filter(Boolean);
  };

  it("leave out of a script what it does not name itself", async () => {
    await write("talk.speech.md", talk);
    assert.deepEqual(await sent(), ["Talk. One (two). Four"]);
    assert.deepEqual(await sent("--skip", "headings, parentheses"), ["One. Four"]);
    assert.deepEqual(await sent("--skip", "headings", "--skip", "quotes"), ["One (two)."]);
    assert.deepEqual(await sent("--only", "quotes"), ["Four"]);
    await write("talk.speech.md", `---\nspeech: { skip: quotes, only: "# talk" }\n---\n${talk}`);
    assert.deepEqual(await sent("--skip", "headings", "--only", "quotes"), ["One (two)."]);
  });

  it("leave a clip fresh where its words are the same, and only there", async () => {
    await write("talk.speech.md", talk);
    assert.equal((await cli(["render", "talk.speech.md", "--skip", "headings"])).code, 0);
    const fresh = async (...options: readonly string[]): Promise<number | null> =>
      (await cli(["check", "talk.speech.md", "--fresh", ...options])).code;
    assert.equal(await fresh("--skip", "headings"), 0);
    assert.equal(await fresh(), 1);
    await write("talk.speech.md", talk.replace("# Talk", ""));
    assert.equal(await fresh(), 0);
  });

  it("are refused where they name nothing that there is", async () => {
    await write("talk.speech.md", talk);
    const skip = await cli(["check", "talk.speech.md", "--skip", "heads"]);
    assert.equal(skip.code, 2);
    assert.match(skip.stderr, /--skip is “heads”, and must be one of headings, quotes, /);
    const only = await cli(["check", "talk.speech.md", "--only", " "]);
    assert.equal(only.code, 2);
    assert.match(only.stderr, /--only must be quotes, notes, or a heading/);
  });
});
