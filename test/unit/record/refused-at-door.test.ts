// What is refused at the door is on record: of workers all of it, of strangers as much as cannot fill the log.

import type { NewAccessLogEntry } from "../../../shared/access-log/access-log-entry";
import { createLogger } from "../../../shared/kernel/logger";
import { SchakelError } from "../../../shared/kernel/errors";
import { toTraceId } from "../../../shared/kernel/ids";
import { createDoorRecord, STRANGERS_PER_MINUTE } from "../../../gateway/record/refused-at-door";
import { aRequester } from "../../kit/requesters";

const MINUTE_MS = 60_000;
const traceId = toTraceId("0af7651916cd43dd8448eb211c80319c");
const origin = "10.0.0.9";
const stranger = { error: new SchakelError("TOKEN_INVALID"), traceId, origin };
const worker = {
  error: new SchakelError("PURPOSE_REQUIRED"),
  traceId,
  origin,
  requester: aRequester("lokalis.worker", "WORKER"),
};

function aDoor() {
  const written: NewAccessLogEntry[] = [];
  const lines: unknown[] = [];
  const clock = { now: 0 };
  const log = createLogger("test", "silent");
  log.warn = (line: unknown) => void lines.push(line);
  const write = async (entries: readonly NewAccessLogEntry[]): Promise<void> => void written.push(...entries);
  return { written, lines, clock, door: createDoorRecord({ write }, log, () => clock.now) };
}

test("of a worker: who, why and from where, and about nobody", async () => {
  const { written, door } = aDoor();
  await door.refused(worker);
  expect(written).toEqual([
    expect.objectContaining({
      outcome: "REFUSED",
      errorCode: "PURPOSE_REQUIRED",
      worker: "lokalis.worker",
      organisation: "lokalis",
      workerFunction: "WORKER",
      purpose: null,
      subjectType: "NONE",
      categoriesDelivered: [],
      origin,
      traceId,
    }),
  ]);
});

test("of a stranger: why and from where", async () => {
  const { written, door } = aDoor();
  await door.refused(stranger);
  expect(written).toEqual([
    expect.objectContaining({
      outcome: "REFUSED",
      errorCode: "TOKEN_INVALID",
      worker: null,
      organisation: null,
      origin,
    }),
  ]);
});

test("strangers cannot fill the log, and how many there were is said; workers are not counted with them", async () => {
  const { written, lines, clock, door } = aDoor();
  for (let count = 0; count < STRANGERS_PER_MINUTE + 7; count += 1) await door.refused(stranger);
  expect(written).toHaveLength(STRANGERS_PER_MINUTE);
  await door.refused(worker);
  expect(written).toHaveLength(STRANGERS_PER_MINUTE + 1);
  const begun = { most: STRANGERS_PER_MINUTE };
  expect(lines).toEqual([begun]);

  clock.now += MINUTE_MS;
  await door.refused(stranger);
  expect(written).toHaveLength(STRANGERS_PER_MINUTE + 2);
  expect(lines).toEqual([begun, { count: 7 }]);
});

test("who floods the door with what is no question does not hide who tries tokens, and the other way round", async () => {
  const { written, door } = aDoor();
  const noQuestion = { error: new SchakelError("REQUEST_MALFORMED"), traceId, origin };
  for (let count = 0; count < STRANGERS_PER_MINUTE + 7; count += 1) await door.refused(noQuestion);
  expect(written).toHaveLength(STRANGERS_PER_MINUTE);
  await door.refused(stranger);
  expect(written.at(-1)).toMatchObject({ errorCode: "TOKEN_INVALID" });
  for (let count = 0; count < STRANGERS_PER_MINUTE; count += 1) await door.refused(stranger);
  expect(written).toHaveLength(2 * STRANGERS_PER_MINUTE);
});

test.each([
  ["lokalis.worker", "SUBJECT:lokalis.worker"],
  ["Jan Jansen@org|1", expect.stringMatching(/^SUBJECT-SHA256:[0-9a-f]{64}$/)],
])("a sign-out is on record at the employer, without the session itself", async (subject, name) => {
  const { written, door } = aDoor();
  await door.signedOut({ ended: { issuer: "lokalis", session: "s-1", subject }, traceId, origin });
  expect(written).toEqual([
    expect.objectContaining({
      act: "UPDATE",
      outcome: "DELIVERED",
      operation: "signOut",
      source: "lokalis",
      organisation: "hub",
      traceId,
      origin,
      reliedOn: [name, expect.stringMatching(/^SESSION:[0-9a-f]{64}$/)],
    }),
  ]);
});

test("that it could not be recorded is not kept to itself", async () => {
  const refusing = { write: () => Promise.reject(new SchakelError("LOG_UNAVAILABLE")) };
  const door = createDoorRecord(refusing, createLogger("test", "silent"));
  await expect(door.refused(worker)).rejects.toThrow(expect.objectContaining({ code: "LOG_UNAVAILABLE" }));
});
