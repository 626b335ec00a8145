import assert from "node:assert/strict";
import { ViewFollower } from "../../../../src/editor/display/viewFollower.ts";

describe("The editor that follows what is heard", () => {
  /** Whether it scrolls when what is heard moves on to a place that is in view, or is not. */
  const scrolls = (follower: ViewFollower, isInView: boolean, isFirst = false): boolean =>
    follower.moved({ isFirst, isInView });

  it("scrolls to what is heard first, and to what leaves the view", () => {
    const follower = new ViewFollower();
    assert.equal(scrolls(follower, false, true), true);
    follower.viewed(true);
    assert.equal(scrolls(follower, true), false);
    assert.equal(scrolls(follower, false), true);
  });

  it("stops when its user scrolls away", () => {
    const follower = new ViewFollower();
    scrolls(follower, true, true);
    follower.viewed(false);
    assert.equal(scrolls(follower, false), false);
  });

  it("goes on when what is heard is in view again", () => {
    for (const comeBack of [
      (follower: ViewFollower) => follower.viewed(true),
      (follower: ViewFollower) => scrolls(follower, true),
      (follower: ViewFollower) => scrolls(follower, false, true),
    ]) {
      const follower = new ViewFollower();
      scrolls(follower, true, true);
      follower.viewed(false);
      comeBack(follower);
      assert.equal(scrolls(follower, false), true);
    }
  });

  it("does not take a view that comes late for its user's", () => {
    const follower = new ViewFollower();
    scrolls(follower, true, true);
    scrolls(follower, false); // to the second
    scrolls(follower, false); // to the third
    follower.viewed(false); // with the second
    assert.equal(scrolls(follower, false), true); // to the fourth
    follower.viewed(false); // with the third
    follower.viewed(true); // with the fourth
    follower.viewed(false); // and now it is the user
    assert.equal(scrolls(follower, false), false);
  });
});
