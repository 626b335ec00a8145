import assert from "node:assert/strict";
import { pageWords } from "../../../src/panel/pageWords.ts";

describe("The words in the page's HTML", () => {
  it("are read as they are, and can't end the element that holds them", () => {
    const words = { "</script><img src=x>": "<!-- <script>", "{0} s": "„{0}“ & \u2028" };
    const [, json = ""] = /^<script type="application\/json" id="l10n">([^<]*)<\/script>$/.exec(
      pageWords(words),
    )!;
    assert.deepEqual(JSON.parse(json), words);
  });
});
