import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ClipStore } from "../../../../src/clips/clipStore.ts";
import { findClipFolder } from "../../../../src/clips/folder/clipFolder.ts";
import { useScratchFolder } from "../scratch.ts";

describe("findClipFolder", () => {
  const scratch = useScratchFolder();

  const find = (name: string, audioFolder?: string, workspaceRoot?: string) =>
    findClipFolder({ path: join(scratch(), name), audioFolder, workspaceRoot });
  const folderOf = async (name: string, audioFolder?: string): Promise<string> =>
    (await find(name, audioFolder, scratch())).folder.slice(scratch().length + 1);
  const claim = async (folder: string, document: string, version = 1): Promise<void> => {
    await mkdir(join(scratch(), folder), { recursive: true });
    const manifest = JSON.stringify({ version, document, clips: [] });
    await writeFile(join(scratch(), folder, "manifest.json"), manifest);
  };

  const beside: readonly (readonly [document: string, folder: string])[] = [
    ["talk.md", "talk.speech"],
    ["talk.txt", "talk.speech"],
    ["talk.speech.md", "talk.speech"],
    ["talk.speech.txt", "talk.speech"],
    ["Talk.Speech.MD", "Talk.speech"],
    ["my talk.v2.md", "my talk.v2.speech"],
    ["talk", "talk.speech"],
    [".md", ".md.speech"],
    [".speech.md", ".speech.speech"],
    ["讲话 #1%.md", "讲话 #1%.speech"],
  ];
  for (const [document, folder] of beside) {
    it(`puts the clips of “${document}” into “${folder}”`, async () => {
      assert.equal(await folderOf(document), folder);
    });
  }

  it("names the document by its file name", async () => {
    assert.equal((await find("talk.md")).documentName, "talk.md");
  });

  it("finds the folder that is a document's already", async () => {
    await claim("talk.speech", "talk.md");
    assert.equal(await folderOf("talk.md"), "talk.speech");
  });

  it("gives the second document of a name a folder of its full file name", async () => {
    await claim("talk.speech", "talk.md");
    assert.equal(await folderOf("talk.txt"), "talk.txt.speech");
    assert.equal(await folderOf("talk.speech.md"), "talk.speech.md.speech");
  });

  it("leaves the second document its folder when the first one's is gone", async () => {
    await claim("talk.txt.speech", "talk.txt");
    assert.equal(await folderOf("talk.txt"), "talk.txt.speech");
  });

  it("respects another document's manifest of a newer version", async () => {
    await claim("talk.speech", "talk.md", 2);
    assert.equal(await folderOf("talk.txt"), "talk.txt.speech");
  });

  it("numbers the folder where the full file name is another document's too", async () => {
    await claim("talk.speech", "talk.txt");
    await claim("talk.md.speech", "talk.md.txt");
    assert.equal(await folderOf("talk.md"), "talk.md-2.speech");
  });

  it("takes a folder whose manifest is missing or damaged", async () => {
    await mkdir(join(scratch(), "talk.speech"));
    assert.equal(await folderOf("talk.md"), "talk.speech");
    await writeFile(join(scratch(), "talk.speech", "manifest.json"), "{");
    assert.equal(await folderOf("talk.md"), "talk.speech");
  });

  describe("where clips lie in it", () => {
    const write = async (name: string, text: string): Promise<void> => {
      await mkdir(join(scratch(), "talk.speech"), { recursive: true });
      await writeFile(join(scratch(), "talk.speech", name), text);
    };
    beforeEach(() => write("flush_000.wav", "sound"));

    for (const [what, text] of [
      ["is cut off", '{\n  "version": 1,\n  "document": "talk.md",\n  "generator": "Scr'],
      ["has the marks of a merge", '{"version":1,"document":"talk.md",\n<<<<<<< HEAD\n"clips":[]}'],
    ] as const) {
      it(`leaves it to the document that its manifest names, though that ${what}`, async () => {
        await write("manifest.json", text);
        assert.equal(await folderOf("talk.txt"), "talk.txt.speech");
        assert.equal(await folderOf("talk.md"), "talk.speech");
        const store = ClipStore.open(
          await find("talk.md").then((found) => ({ ...found, documentName: "talk.txt" })),
        );
        await assert.rejects(store, { code: "not-ours" }, "where it was damaged since");
      });
    }

    for (const [what, text] of [
      ["is gone", undefined],
      ["is empty", ""],
      ["lost its content with the power", "\0\0\0\0"],
      ["names none", '{"version":2}'],
    ] as const) {
      it(`takes it only where no other document may have it, if its manifest ${what}`, async () => {
        if (text !== undefined) await write("manifest.json", text);
        await writeFile(join(scratch(), "talk.md"), "One.");
        assert.equal(await folderOf("talk.md"), "talk.speech");
        await writeFile(join(scratch(), "talk.pdf"), "no script");
        assert.equal(await folderOf("talk.md"), "talk.speech");
        assert.equal(await folderOf("talk.txt"), "talk.txt.speech");
        assert.equal(await folderOf("talk.speech.md"), "talk.speech.md.speech");
        await writeFile(join(scratch(), "talk.txt"), "One.");
        await claim("talk.txt.speech", "talk.txt");
        assert.equal(await folderOf("talk.md"), "talk.speech", "the other one has its own");
      });
    }
  });

  it("does not put clips in the place of the document itself", async () => {
    await writeFile(join(scratch(), "talk.speech"), "A script without an extension.");
    assert.equal(await folderOf("talk.speech"), "talk.speech.speech");
  });

  it("refuses where a file stands in the place of the folder", async () => {
    await writeFile(join(scratch(), "talk.speech"), "");
    await assert.rejects(find("talk.md"), { code: "not-ours", message: /talk\.speech.*file/ });
  });

  it("makes nothing", async () => {
    await assert.rejects(find("nowhere/talk.md"), { code: "disk" });
    assert.equal(await folderOf("talk.md", "audio/deep"), "audio/deep/talk.speech");
    await assert.rejects(mkdir(join(scratch(), "audio", "deep")), { code: "ENOENT" });
  });

  describe("with the setting audio.folder", () => {
    it("puts the folder there, and names the document from there", async () => {
      const found = await find("talk.md", "audio", scratch());
      assert.equal(found.folder, join(scratch(), "audio", "talk.speech"));
      assert.equal(found.documentName, "../talk.md");
    });

    it("goes up as far as the workspace", async () => {
      await mkdir(join(scratch(), "scripts"));
      assert.equal(await folderOf("scripts/talk.md", "../audio"), "audio/talk.speech");
      await assert.rejects(find("scripts/talk.md", "../../audio", scratch()), { code: "outside" });
    });

    it("stays in the document's folder where there is no workspace, or another", async () => {
      await mkdir(join(scratch(), "scripts"));
      await mkdir(join(scratch(), "other"));
      for (const root of [undefined, join(scratch(), "other")]) {
        const { folder } = await find("scripts/talk.md", "audio", root);
        assert.equal(folder, join(scratch(), "scripts", "audio", "talk.speech"));
        await assert.rejects(find("scripts/talk.md", "../audio", root), { code: "outside" });
      }
    });

    it("keeps documents of one name from several folders apart", async () => {
      for (const chapter of ["one", "two", "three"]) await mkdir(join(scratch(), chapter));
      assert.equal(await folderOf("one/talk.md", "../audio"), "audio/talk.speech");
      await claim("audio/talk.speech", "../one/talk.md");
      assert.equal(await folderOf("two/talk.md", "../audio"), "audio/talk.md.speech");
      await claim("audio/talk.md.speech", "../two/talk.md");
      assert.equal(await folderOf("three/talk.md", "../audio"), "audio/talk.md-2.speech");
      assert.equal(await folderOf("two/talk.md", "../audio"), "audio/talk.md.speech");
    });

    for (const folder of [
      "/tmp",
      "\\\\server\\share",
      "C:\\clips",
      "C:clips",
      "a\0b",
      "..",
      "a/../..",
    ]) {
      it(`refuses ${JSON.stringify(folder)}`, async () => {
        await assert.rejects(find("talk.md", folder, scratch()), {
          name: "ClipError",
          code: "outside",
          message: /audio\.folder/,
        });
      });
    }
  });

  describe("where there are links", () => {
    it("refuses those that lead out", async () => {
      await mkdir(join(scratch(), "work"));
      await mkdir(join(scratch(), "elsewhere"));
      await symlink(join(scratch(), "elsewhere"), join(scratch(), "work", "talk.speech"));
      await symlink(join(scratch(), "elsewhere"), join(scratch(), "work", "audio"));
      await symlink(join(scratch(), "nowhere"), join(scratch(), "work", "new.speech"));
      const root = join(scratch(), "work");
      const refused = { code: "outside", message: /link that leads out/ };
      await assert.rejects(find("work/talk.md", undefined, root), refused);
      await assert.rejects(find("work/other.md", "audio", root), refused);
      await assert.rejects(find("work/new.md", undefined, root), refused);
    });

    it("follows those that stay inside", async () => {
      await mkdir(join(scratch(), "audio"));
      await symlink(join(scratch(), "audio"), join(scratch(), "talk.speech"));
      assert.equal(await folderOf("talk.md"), "talk.speech");
    });

    it("does not mind a workspace that is reached by one", async () => {
      await mkdir(join(scratch(), "real"));
      await symlink(join(scratch(), "real"), join(scratch(), "work"));
      assert.equal(await folderOf("work/talk.md"), "work/talk.speech");
    });
  });
});
