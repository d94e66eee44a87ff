// A request that is refused at the door is on record, before anybody is told that it was refused.

import { entriesOf, newTrace } from "../kit/access-log";
import { ask, post, type Answer } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();
const codesOf = (answer: Answer): unknown[] =>
  (answer.body.errors ?? []).map((one) => one.extensions["code"]);

test("of a worker who may not have the purpose, or states none, is on record at the employer", async () => {
  for (const [purpose, errorCode] of [
    ["OVERSIGHT", "PURPOSE_NOT_OPEN"],
    ["", "PURPOSE_REQUIRED"],
  ] as const) {
    const { traceId, headers } = newTrace();
    const query = "{ me { worker } }";
    const answer = await ask(hub, { persona: "lokalis.worker", purpose, query, headers });
    expect(codesOf(answer)).toEqual([errorCode]);
    expect(await entriesOf(hub, "lokalis", traceId)).toMatchObject([
      {
        outcome: "REFUSED",
        operation: "request",
        errorCode,
        worker: "lokalis.worker",
        organisation: "lokalis",
        purpose: null,
        subjectType: "NONE",
        origin: expect.stringContaining("127.0.0.1") as string,
      },
    ]);
  }
});

test("of who has no valid token is on record as well, with where it came from", async () => {
  const { traceId, headers } = newTrace();
  const body = JSON.stringify({ query: "{ me { worker } }" });
  const answer = await post(hub.port, body, {
    authorization: "Bearer nothing",
    purpose: "CARE",
    ...headers,
  });
  expect(answer.status).toBe(401);
  const { rows } = await asOwner(hub, (owner) =>
    owner.query<object>(
      "select outcome, error_code, worker, organisation, origin from access_log.entry where trace_id = $1",
      [traceId],
    ),
  );
  expect(rows).toEqual([
    {
      outcome: "REFUSED",
      error_code: "TOKEN_INVALID",
      worker: null,
      organisation: null,
      origin: expect.stringContaining("127.0.0.1") as string,
    },
  ]);
});
