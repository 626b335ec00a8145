import assert from "node:assert/strict";
import { matrix } from "../../faults/matrix.ts";
import { readReadme, renewal, withTable } from "../../faults/readmeTable.ts";

describe("The README's table of faults", () => {
  it("says what the matrix says", () => {
    const readme = readReadme();
    assert.ok(withTable(readme) === readme, `The table is out of date. Renew it: ${renewal}`);
  });

  it("is short", () => {
    assert.ok(matrix.length <= 18);
  });
});
