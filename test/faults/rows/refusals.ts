import { allReady, allReadyBut, readyThen, type Fault, type FaultGroup } from "../fault.ts";
import {
  atTheStart,
  inTheMiddleOf,
  sendError,
  sendErrorOfConnection,
  sendOldError,
  shortChunks,
  type Act,
} from "../interfere.ts";
import type { Staging } from "../stage.ts";
import { refusedForNow } from "./reaching.ts";

const always = Infinity;

const inThree =
  (act: Act, times = 1): (() => Partial<Staging>) =>
  () => ({
    habits: { chunkBytes: shortChunks },
    interfere: inTheMiddleOf("Three.", act, times),
  });

/** A row in which the service refuses what the settings, or the front matter, ask of it. */
const unknown = (
  code: string,
  failure: "voice-not-found" | "model-not-found" | "model-mismatch" | "language-not-supported",
  says: RegExp,
): Fault => ({
  name: code,
  does: `answers the first transcript with ${code}`,
  shows:
    "what is not known, with *Open Settings*; a front matter line that set it has the message too",
  keeps: "nothing new",
  stage: () => ({
    interfere: atTheStart(sendError({ error_code: code, status_code: 400 }), always),
  }),
  expected: { states: readyThen(0, "failed"), failure, says, asked: 3 },
});

export const refusals: readonly FaultGroup[] = [
  {
    when: "The account has no credits left (402, `quota_exceeded`), or its plan is too small (`plan_upgrade_required`), at the start or in the middle of a run",
    shows: "that, how many segments are saved, and *Open Account*",
    keeps: "all clips that are whole",
    faults: [
      {
        name: "402 on the upgrade",
        does: "refuses the upgrade with 402",
        shows: "“The account has no credits left”, with *Open Account*",
        keeps: "nothing new",
        stage: () => ({ door: { refuse: () => ({ status: 402, body: "Payment: No credits" }) } }),
        expected: {
          states: readyThen(0, "failed"),
          failure: "out-of-credits",
          says: /no credits left/,
          asked: 0,
        },
      },
      {
        name: "a wrapped 402 on the upgrade",
        does: "refuses the upgrade with 402, and wraps what it says",
        shows: "“The account has no credits left”, what the service said, and *Open Account*",
        keeps: "nothing new",
        stage: () => ({
          door: {
            refuse: () => ({
              status: 402,
              body: JSON.stringify({
                error: { title: "Payment required", message: "Buy more", request_id: "r-1" },
              }),
            }),
          },
        }),
        expected: {
          states: readyThen(0, "failed"),
          failure: "out-of-credits",
          says: /no credits left\. The service says: “Buy more\.”$/,
          asked: 0,
        },
      },
      {
        name: "plan_upgrade_required on the upgrade",
        does: "refuses the upgrade with 403 and plan_upgrade_required",
        shows: "that the plan does not include it, with *Open Account*; the key is not blamed",
        keeps: "nothing new",
        stage: () => ({
          door: {
            refuse: () => ({
              status: 403,
              body: JSON.stringify({ error_code: "plan_upgrade_required", title: "Upgrade" }),
            }),
          },
        }),
        expected: {
          states: readyThen(0, "failed"),
          failure: "plan-too-small",
          says: /plan does not include this\. The service says: “Upgrade\.”$/,
          asked: 0,
        },
      },
      {
        name: "plan_upgrade_required in the middle of a run",
        does: "ends the context in the third segment with plan_upgrade_required",
        shows: "that, and that 2 of 5 segments are saved",
        keeps: "the clips of the two segments before",
        stage: inThree(
          sendError({ error_code: "plan_upgrade_required", status_code: 403 }),
          always,
        ),
        expected: {
          states: readyThen(2, "failed"),
          failure: "plan-too-small",
          says: /plan does not include this\..* 2 of 5 segments are saved\.$/,
          asked: 5,
        },
      },
      {
        name: "quota_exceeded in the middle of a run",
        does: "ends the context in the third segment with quota_exceeded",
        shows: "that, and that 2 of 5 segments are saved",
        keeps: "the clips of the two segments before",
        stage: inThree(
          sendError({ error_code: "quota_exceeded", status_code: 402, message: "No credits" }),
          always,
        ),
        expected: {
          states: readyThen(2, "failed"),
          failure: "out-of-credits",
          says: /no credits left\..* 2 of 5 segments are saved\.$/,
          asked: 5,
        },
      },
    ],
  },
  {
    when: "The service is at its limit (429), or has an error of its own (500 to 599)",
    shows:
      "how long it waits, and why; then it goes on with what is not yet spoken. At the limit it tries once more, after an error three times, counted from the last segment that was spoken; then *Try Again*",
    keeps: "all clips that are whole",
    faults: [
      ...refusedForNow,
      {
        name: "concurrency_limited in the middle of a run",
        does: "ends the context in the third segment with 429",
        shows: "one pause; then all segments are spoken",
        keeps: "all clips",
        stage: inThree(sendError({ error_code: "concurrency_limited", status_code: 429 })),
        expected: { states: allReady, waits: 1 },
      },
      {
        name: "an error of the service in the middle of a run",
        does: "sends an error with 500 that names no context",
        shows: "one pause; then all segments are spoken",
        keeps: "all clips",
        stage: inThree(sendErrorOfConnection({ status_code: 500, title: "Internal error" })),
        expected: { states: allReady, waits: 1 },
      },
      {
        name: "an error that names another context",
        does: "sends an error of a context that is long over",
        shows: "nothing of it",
        keeps: "all clips",
        stage: () => ({
          interfere: (frame, { socket }) => {
            const error = { type: "error", context_id: "another", done: true, status_code: 400 };
            if (frame["type"] === "chunk") socket.send(JSON.stringify(error));
            return true;
          },
        }),
        expected: { states: allReady, asked: 5 },
      },
    ],
  },
  {
    when: "The voice, the model or the language is not known",
    shows: "which, with *Open Settings*; the line of the front matter that set it is marked",
    keeps: "all clips that are whole",
    faults: [
      unknown("voice_not_found", "voice-not-found", /does not know this voice/),
      unknown("voice_model_mismatch", "model-mismatch", /does not go with this model/),
      unknown("model_not_found", "model-not-found", /does not know this model/),
      unknown("model_sunsetted", "model-not-found", /no longer offers/),
      unknown("language_not_supported", "language-not-supported", /does not speak this language/),
    ],
  },
  {
    when: "The service refuses one segment's text",
    shows: "that segment failed, in the service's words; the others are spoken",
    keeps: "the clips of all other segments",
    faults: [
      {
        name: "one transcript refused, in the older shape",
        does: "answers one text with 400 and one sentence, every time",
        shows: "that segment failed, and what the service said; 4 of 5 are saved",
        keeps: "the clips of all other segments",
        stage: inThree(sendOldError(400, "transcript contains only punctuation"), always),
        expected: {
          states: allReadyBut(2, "failed"),
          failure: "bad-request",
          says: /only punctuation.*4 of 5 segments are saved/,
        },
      },
      {
        name: "one transcript refused, by an error without a context",
        does: "answers one text with 400 and names no context, every time",
        shows: "that segment failed; 4 of 5 are saved",
        keeps: "the clips of all other segments",
        stage: inThree(
          sendErrorOfConnection({ status_code: 400, error_code: null, message: "No." }),
          always,
        ),
        expected: { states: allReadyBut(2, "failed"), failure: "bad-request", says: /“No\.”/ },
      },
      {
        name: "the first transcript refused",
        does: "answers the first context with 400",
        shows: "nothing of it: each segment is said in a context of its own",
        keeps: "all clips",
        stage: () => ({
          interfere: atTheStart(sendOldError(400, "first transcript for WS is empty")),
        }),
        expected: { states: allReady },
      },
      {
        name: "the key said back in a frame",
        does: "says the key back in an error, every time",
        shows: "the message without the key",
        keeps: "nothing new",
        stage: () => ({
          interfere: atTheStart(
            sendError({ status_code: 400, message: "not for sk_test_never_to_be_shown" }),
            always,
          ),
        }),
        expected: {
          states: readyThen(0, "failed"),
          failure: "bad-request",
          says: /“not for <key>\.”/,
        },
      },
    ],
  },
];
