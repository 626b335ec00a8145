import assert from "node:assert/strict";
import { readPageState } from "../../../src/webview/pageState.ts";

describe("readPageState", () => {
  it("reads what a page kept", () => {
    const state = { document: "file:///talk.md", selected: 3, scrollTop: 120.5 };
    assert.deepEqual(readPageState(state), state);
  });

  it("begins at the top where nothing was kept, or something else", () => {
    const start = { selected: 0, scrollTop: 0 };
    for (const value of [undefined, null, 7, { document: 1, selected: "3", scrollTop: -1 }]) {
      assert.deepEqual(readPageState(value), start);
    }
  });
});
