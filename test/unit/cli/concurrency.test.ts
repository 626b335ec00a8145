import assert from "node:assert/strict";
import { startScriptedService, type ScriptedService } from "../../support/fakes/scriptedService.ts";
import { scriptOf, useCli } from "./scripts.ts";

describe("scripted-speech render --concurrency", () => {
  const { cli, write } = useCli();

  for (const most of [1, 3]) {
    it(`lets ${most} contexts speak at a time`, async () => {
      const env = { CARTESIA_API_KEY: "sk_test" };
      /** How many contexts had begun when the first one ended. */
      let begun: number | undefined;
      const service: ScriptedService = await startScriptedService(
        {},
        (frame) => {
          const contexts = service.frames.map((sent) => sent["context_id"]);
          if (frame["type"] === "done") begun ??= new Set(contexts).size;
          return true;
        },
        { everyMs: 40 },
      );
      try {
        const endpoint = ["--endpoint", new URL(service.url).origin];
        await write("talk.md", scriptOf("One.", "Two.", "Three.", "Four.", "Five."));
        await cli(["render", "talk.md", "--segments", "2,4", ...endpoint], { env });
        begun = undefined;
        (service.frames as unknown[]).length = 0;
        const how = [...endpoint, "--concurrency", String(most)];
        const { code, stderr } = await cli(["render", "talk.md", ...how], { env });
        assert.equal(code, 0, stderr);
        assert.equal(begun, most);
      } finally {
        await service.close();
      }
    });
  }
});
