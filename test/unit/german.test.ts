import assert from "node:assert/strict";
import * as l10n from "@vscode/l10n";
import { onDisk } from "../../src/clips/model/clipError.ts";
import { audioFormats } from "../../src/export/audio/audioFormat.ts";
import { chooseSegments } from "../../src/export/common/exportScript.ts";
import { tagDescriptions } from "../../src/language/tags/descriptions.ts";
import { languageName } from "../../src/language/tags/languageName.ts";
import { lintScript } from "../../src/language/problems/scriptLinter.ts";
import { withSaved } from "../../src/preview/run/runFailure.ts";
import { failureFromService } from "../../src/session/connection/failure.ts";
import {
  describeClip,
  describeCost,
  describeInContext,
  describeRunEnd,
  formatSeconds,
} from "../../src/webview/view/elements/clipWords.ts";
import { nameChord } from "../../src/webview/view/elements/keyNames.ts";
import { formatFactor, setPageLanguage } from "../../src/webview/view/elements/pageLanguage.ts";
import { describeScript } from "../../src/webview/view/summary.ts";
import { formatAgo } from "../../src/webview/view/clips/takeItem.ts";
import { editorKeys } from "../../src/webview/view/keys/keys.ts";
import { readBundle, readManifestTexts } from "../tools/l10n/runTimeStrings.ts";

describe("In German", () => {
  before(async () => setPageLanguage("de", await readBundle("de")));

  after(() => setPageLanguage("en", {}));

  it("failures say what the service said in its own words", () => {
    const failure = failureFromService({ code: "voice_not_found", message: "No such voice" });
    const said = "Der Dienst kennt diese Stimme nicht. Der Dienst sagt: „No such voice.“";
    assert.equal(failure.message, said);
    assert.equal(failure.code, "voice-not-found", "what programs read stays");
    assert.equal(withSaved(failure, 2, 3).message, `${said} 2 von 5 Segmenten sind gespeichert.`);
    assert.equal(withSaved(failure, 1, 4).message, `${said} 1 von 5 Segmenten ist gespeichert.`);
  });

  it("failures of the disk name the file, and what to do", async () => {
    const full = Object.assign(new Error("no space"), { code: "ENOSPC" });
    await assert.rejects(
      onDisk("/talk {0}.speech", () => Promise.reject(full)),
      /^ClipError: Der Datenträger ist voll: „\/talk \{0\}\.speech“ lässt sich nicht schreiben\./,
    );
  });

  it("an export names the segments that are not ready, one or more", () => {
    const segments = [0, 1, 2].map((index) => ({ index, transcript: "Text." }));
    const refused = (count: number) => () =>
      chooseSegments({ title: "", segments: segments.slice(0, count) });
    assert.throws(refused(1), /Segment 1 wurde noch nicht gesprochen\. .* ohne dieses Segment\.$/);
    assert.throws(refused(3), /Die Segmente 1, 2 und 3 wurden .* ohne diese Segmente\.$/);
    assert.equal(audioFormats[1].label(), "WAV, 32-Bit-Gleitkomma");
  });

  it("a script's problems, their fixes and what helps with writing are told", () => {
    const text = "---\nspeech:\n  speed: 9\n---\n\nHi <brake time='1s'/> {{name}}.";
    const problems = lintScript(text, { language: "markdown" });
    const told = problems.map(({ message }) => message);
    assert.deepEqual(told, [
      "`speed` muss eine Zahl von 0.6 bis 1.5 sein. So gilt der Wert aus den Einstellungen.",
      "Ein Tag `<brake>` gibt es nicht: Es bewirkt nichts oder wird vorgelesen. Meinten Sie `<break>`?",
      "Die Variable {{name}} hat keinen Wert, und dieses Segment wird nicht gesprochen. Geben Sie ihr einen unter `variables` im Front Matter oder in den Beispielwerten.",
    ]);
    assert.equal(problems[1]?.fixes[0]?.title, 'In `<break time="1s"/>` ändern');
    assert.match(tagDescriptions.break, /^Eine Pause dieser Länge/);
    assert.equal(languageName("fr"), "Französisch");
  });

  it("the page counts, and writes numbers and times, as Germans do", () => {
    const clip = {
      segment: 1,
      index: 1,
      transcript: "Hallo",
      state: "ready",
      seconds: 3.44,
    } as const;
    assert.equal(
      describeClip({ ...clip, locked: true }),
      "Segment 2, bereit, gesperrt, 3,4 Sekunden",
    );
    assert.equal(formatSeconds(3.44), "3,4 s");
    assert.equal(formatFactor(1.25), "1,25×");
    const cost = describeCost({ characters: 1234, credits: 1 });
    assert.equal(cost, "sendet 1.234 Zeichen, etwa 1 Credit");
    assert.equal(describeInContext(12, 4), "sendet 12 Zeichen, davon 8 aus den Segmenten davor");
    assert.equal(describeRunEnd([clip, clip]), "Das Anhören ist beendet: 2 bereit.");
    const numbers = { speakable: true, ready: true, seconds: 30, characters: 1000, words: 50 };
    const [, ...rest] = describeScript([numbers, { ...numbers, ready: false }]);
    assert.deepEqual(rest, ["1 von 2 Segmenten bereit", "2.000 Zeichen", "100 Wörter pro Minute"]);
    assert.equal(formatAgo(0, 86_400_000), "gestern");
  });

  it("keys have the names that stand on them, and commands those of the palette", async () => {
    assert.equal(nameChord("Shift+Left"), "Umschalt+Pfeil links");
    const palette = Object.values(await readManifestTexts("de"));
    for (const { does } of editorKeys) assert.ok(palette.includes(does()), does());
  });

  it("what has no translation is English", () => {
    assert.equal(l10n.t("Segment {0} is nowhere.", 3), "Segment 3 is nowhere.");
  });
});
