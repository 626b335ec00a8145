import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fileSystem from "node:fs/promises";
import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Disk } from "../../../src/clips/model/disk.ts";
import { thisProcess, type ProcessMark } from "../../../src/clips/model/runningProcess.ts";
import { namesIn, newClip, placesOf, useClipFolder, wanted } from "./scratch.ts";

const holdingChild = join(process.cwd(), "test", "unit", "clips", "holdingChild.ts");

/** Another process of this machine, but for when it began. */
async function markOf(pid: number): Promise<ProcessMark> {
  return { ...(await thisProcess()), pid };
}

/** A promise, and what fulfils it. */
function makeSignal(): { readonly sent: Promise<void>; readonly send: () => void } {
  let send = (): void => undefined;
  const sent = new Promise<void>((resolve) => (send = resolve));
  return { sent, send: () => send() };
}

/** A disk that stops in the middle of the first clip that it writes, until it is told to go on. */
function haltingDisk(): { disk: Disk; halted: Promise<void>; goOn: () => void } {
  const halt = makeSignal();
  const going = makeSignal();
  const open: Disk["open"] = async (path, flags, mode) => {
    const file = await fileSystem.open(path, flags, mode);
    if (flags !== "wx" || !/flush_\d+\.\w+(\.pcm)?\.tmp$/.test(String(path))) return file;
    const write = file.writeFile.bind(file);
    file.writeFile = async (data) => {
      await write((data as Uint8Array).subarray(0, 100));
      halt.send();
      await going.sent;
      await write((data as Uint8Array).subarray(100));
    };
    return file;
  };
  return { disk: { ...fileSystem, open }, halted: halt.sent, goOn: going.send };
}

/** A disk that tells when somebody has found the lock taken. */
function watchingDisk(): { disk: Disk; refused: Promise<void> } {
  const refused = makeSignal();
  const open: Disk["open"] = async (path, flags, mode) => {
    try {
      return await fileSystem.open(path, flags, mode);
    } catch (error) {
      if (String(path).endsWith(".lock")) refused.send();
      throw error;
    }
  };
  return { disk: { ...fileSystem, open }, refused: refused.sent };
}

describe("ClipStore, beside another writer", () => {
  const { folder, inFolder, open, openWith, readManifest } = useClipFolder();
  const assertTidy = async (): Promise<void> => {
    const names = await namesIn(folder());
    assert.deepEqual(
      names.filter((name) => /\.(lock|tmp)$/.test(name)),
      [],
    );
  };
  const writeLock = async (said: object): Promise<void> => {
    await mkdir(folder(), { recursive: true });
    const owner = {
      generator: "Scripted Speech Preview",
      pid: 1,
      host: "another machine",
      since: "2026-01-31T12:00:00.000Z",
      token: "0",
    };
    await writeFile(inFolder(".lock"), JSON.stringify({ ...owner, ...said }));
  };
  const thisHost = `${hostname()} (${process.platform})`;

  for (const container of ["wav", "raw"] as const) {
    it(`takes turns with it, and loses nothing of either (${container})`, async () => {
      const [one, other] = [
        await open("talk.md", { container }),
        await open("talk.md", { container }),
      ];
      const segments = Array.from({ length: 20 }, (_, segment) => segment);
      await Promise.all(
        segments.flatMap((segment) => [
          one.save(newClip(2 * segment, `one ${segment}`)),
          other.save(newClip(2 * segment + 1, `other ${segment}`)),
        ]),
      );
      const store = await open("talk.md", { container });
      assert.deepEqual(
        placesOf(store.clips()),
        segments.flatMap((segment) => [
          [`one ${segment}`, 2 * segment],
          [`other ${segment}`, 2 * segment + 1],
        ]),
      );
      assert.equal((await readManifest()).clips.length, 40);
      await assertTidy();
    });

    it(`waits for it, and leaves its half-written file alone (${container})`, async () => {
      const { disk, halted, goOn } = haltingDisk();
      const first = await open("talk.md", { container, disk });
      const saving = first.save(newClip(0, "a"));
      await halted;
      const watching = watchingDisk();
      const opening = open("talk.md", { container, disk: watching.disk });
      await watching.refused;
      goOn();
      await saving;
      assert.deepEqual(placesOf((await opening).clips()), [["a", 0]]);
      await assertTidy();
    });
  }

  it("begins each change with what lies there then", async () => {
    const one = await openWith("a", "b");
    const other = await open();
    const saved = await other.save(newClip(0, "c"));
    await one.save(newClip(1, "d"));
    assert.deepEqual(placesOf(one.clips()).slice(0, 2), [
      ["c", 0],
      ["d", 1],
    ]);
    assert.equal((await readManifest()).clips.length, 4);
    await other.takeBack(saved);
    await one.arrange(wanted("a", "d"));
    assert.deepEqual(placesOf(one.clips()), [
      ["a", 0],
      ["d", 1],
      ["b", undefined],
    ]);
  });

  it("says who writes, when that takes too long, and goes on when it is done", async () => {
    const { disk, halted, goOn } = haltingDisk();
    const first = await open("talk.md", { disk });
    const second = await open("talk.md", { patienceMs: 50 });
    const saving = first.save(newClip(0, "a"));
    await halted;
    await assert.rejects(second.save(newClip(1, "b")), {
      name: "ClipError",
      code: "busy",
      message: new RegExp(`talk\\.speech.*process ${process.pid} .*Try again`),
    });
    const third = await open("talk.md", { patienceMs: 50 });
    assert.deepEqual(third.clips(), []);
    assert.match(third.notices.join(), /process/);
    goOn();
    await saving;
    await second.save(newClip(1, "b"));
    assert.deepEqual(placesOf(second.clips()), [
      ["a", 0],
      ["b", 1],
    ]);
    await assertTidy();
  });

  it("lets those in who wait, however much there is to do", async () => {
    const [one, other] = [await open(), await open()];
    let saved = false;
    const waiting = one.save(newClip(0, "a")).then(() => (saved = true));
    const many = async (): Promise<void> => {
      for (let at = 0; !saved; at++) await other.save(newClip(1, `take ${at % 3}`));
    };
    await Promise.all([waiting, many()]);
    assert.equal(one.find("a").length, 1);
  });

  it("has its lock for one turn only, and says in it who it is", async () => {
    const { disk, halted, goOn } = haltingDisk();
    const saving = (await open("talk.md", { disk })).save(newClip(0, "a"));
    await halted;
    const said = JSON.parse(await readFile(inFolder(".lock"), "utf8"));
    assert.deepEqual([said.pid, said.host], [process.pid, thisHost]);
    assert.ok(Math.abs(Date.now() - Date.parse(said.since)) < 60_000);
    goOn();
    await saving;
    await assertTidy();
  });

  it("leaves no lock behind where a change fails", async () => {
    const store = await openWith("a");
    await writeFile(inFolder("flush_001.wav"), "mine");
    await assert.rejects(store.save(newClip(1, "b")), { code: "not-ours" });
    await assertTidy();
  });

  describe("that has died", () => {
    // Process ids end far below this number.
    const dead = 2 ** 30;
    const leftOver: readonly (readonly [what: string, write: () => Promise<void>])[] = [
      ["of a process that is gone", () => writeLock({ pid: dead, host: thisHost })],
      [
        "of this process, which holds it no more",
        () => writeLock({ pid: process.pid, host: thisHost }),
      ],
      [
        "of a process whose number another one has now",
        async () => writeLock({ ...(await markOf(process.ppid)), began: "1" }),
      ],
      [
        "of a process of this number before the machine was started anew",
        async () => {
          await writeLock({ ...(await markOf(process.ppid)), system: "another start" });
          await utimes(inFolder(".lock"), 1000, 1000);
        },
      ],
      [
        "of a process of which nothing tells when it began, from before the machine was started",
        async () => {
          await writeLock({ ...(await markOf(process.ppid)), began: "" });
          await utimes(inFolder(".lock"), 1000, 1000);
        },
      ],
      [
        "of another machine, from long ago",
        async () => {
          await writeLock({});
          await utimes(inFolder(".lock"), 1000, 1000);
        },
      ],
      ["that is empty", () => writeFile(inFolder(".lock"), "")],
      ["that is half-written", () => writeFile(inFolder(".lock"), '{"generator":"Scripted Sp')],
      ["that lost its content with the power", () => writeFile(inFolder(".lock"), "\0\0\0\0")],
    ];
    for (const [what, write] of leftOver) {
      it(`takes over a lock ${what}, and puts right what it left`, async () => {
        const before = await openWith("a");
        await write();
        await writeFile(inFolder("flush_002.0123456789ab.tmp"), "half");
        await before.save(newClip(1, "b"));
        assert.deepEqual(placesOf(before.clips()), [
          ["a", 0],
          ["b", 1],
        ]);
        await assertTidy();
        await write();
        const store = await open();
        assert.deepEqual(store.clips(), before.clips());
        assert.deepEqual(store.notices, []);
        await assertTidy();
      });
    }

    it("takes over from one who died while taking over", async () => {
      await openWith("a");
      await writeLock({ pid: dead, host: thisHost });
      // The right to remove that very lock, which its owner could not use any more.
      let right = "";
      const spying: Disk["open"] = async (path, flags, mode) => {
        if (/\.lock\.\w+\.tmp$/.test(String(path))) right = String(path);
        return fileSystem.open(path, flags, mode);
      };
      const disk: Disk = {
        ...fileSystem,
        open: spying,
        rm: async () => {
          throw Object.assign(new Error("EIO: killed"), { code: "EIO", syscall: "unlink" });
        },
      };
      await open("talk.md", { disk });
      assert.ok((await namesIn(folder())).some((name) => right.endsWith(name)));
      const store = await open();
      await store.save(newClip(1, "b"));
      await assertTidy();
    });

    it("takes a lock over once only, however many wait", async () => {
      await openWith("a");
      for (let round = 0; round < 3; round++) {
        await writeLock({ pid: dead, host: thisHost, token: String(round) });
        const stores = await Promise.all(Array.from({ length: 6 }, () => open()));
        await Promise.all(stores.map((store, at) => store.save(newClip(at, `${round} of ${at}`))));
        assert.equal(
          (await readManifest()).clips.filter((clip) => clip.segment !== null).length,
          6,
        );
        await assertTidy();
      }
    });
  });

  it("does not take over from one who says when they began, however old the lock is", async () => {
    await openWith("a");
    const other = spawn(process.execPath, [holdingChild, folder()], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(other, "exit");
    try {
      await Promise.race([once(other.stdout, "data"), ended]);
      assert.equal(JSON.parse(await readFile(inFolder(".lock"), "utf8")).pid, other.pid);
      await utimes(inFolder(".lock"), 1000, 1000);
      const store = await open("talk.md", { patienceMs: 300 });
      await assert.rejects(store.save(newClip(1, "b")), { code: "busy" });
    } finally {
      other.kill("SIGKILL");
      await ended;
    }
    const store = await open();
    await store.save(newClip(1, "b"));
    assert.deepEqual(placesOf(store.clips()), [
      ["a", 0],
      ["b", 1],
    ]);
    await assertTidy();
  });

  it("does not take over from one who may live on a machine of the same name", async () => {
    await openWith("a");
    await writeLock({ ...(await thisProcess()), pid: 2 ** 30, system: "another start" });
    const store = await open("talk.md", { patienceMs: 300 });
    await assert.rejects(store.save(newClip(1, "b")), { code: "busy" });
  });

  it("does not take over from one who lives", async () => {
    await openWith("a");
    await writeLock({ pid: process.ppid, host: thisHost });
    const store = await open("talk.md", { patienceMs: 500 });
    await assert.rejects(store.save(newClip(1, "b")), { code: "busy" });
    assert.ok((await namesIn(folder())).includes(".lock"));
  });

  it("does not take over from one who lives, however old the lock is", async () => {
    await openWith("a");
    await writeLock({ pid: process.ppid, host: thisHost });
    await utimes(inFolder(".lock"), 1000, 1000);
    const store = await open("talk.md", { patienceMs: 200 });
    await assert.rejects(store.save(newClip(1, "b")), { code: "busy" });
  });

  for (const [what, hours] of [
    ["behind", -5],
    ["ahead", 5],
  ] as const) {
    it(`tells by the disk's own clock how old a lock is, though that is far ${what}`, async () => {
      const lstat = async (path: string) => {
        const found = await fileSystem.lstat(path);
        found.mtimeMs += hours * 3_600_000;
        return found;
      };
      const disk = { ...fileSystem, lstat } as unknown as Disk;
      await (await open("talk.md", { disk })).save(newClip(0, "a"));
      await writeLock({ host: "another machine" });
      const store = await open("talk.md", { disk, patienceMs: 200 });
      await assert.rejects(store.save(newClip(1, "b")), { code: "busy" });
      await utimes(inFolder(".lock"), Date.now() / 1000 - 120, Date.now() / 1000 - 120);
      await store.save(newClip(1, "b"));
      assert.equal(store.find("b").length, 1);
      await assertTidy();
    });
  }

  it("does not take a file for its lock that is not ours", async () => {
    await openWith("a");
    for (const content of ["mine", '{"pid":1}', "x".repeat(5000)]) {
      await writeFile(inFolder(".lock"), content);
      const store = await open();
      assert.deepEqual(placesOf(store.clips()), [["a", 0]]);
      assert.match(store.notices.join(), /\.lock.*Move or rename/);
      await assert.rejects(store.save(newClip(1, "b")), { code: "not-ours", message: /\.lock/ });
      assert.equal(await readFile(inFolder(".lock"), "utf8"), content);
    }
  });
});
