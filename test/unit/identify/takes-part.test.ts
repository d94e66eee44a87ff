// An issuer vouches for workers on the days on which its organisation takes part, and always for who accounts for it.

import { functionOf, issuerOf } from "../../../gateway/identify/issuer";
import { readClaims } from "../../../gateway/identify/read-claims";
import { toPlainDate } from "../../../shared/kernel/plain-date";

const of = {
  issuer: "https://issuer.example",
  organisation: "here",
  kind: "LOCAL_TEAM",
  legalEntity: "here",
} as const;
const changing = issuerOf({ ...of, from: toPlainDate("2026-02-01"), until: toPlainDate("2026-02-28") });
const ended = issuerOf({
  ...of,
  until: toPlainDate("2020-01-31"),
  clients: new Map([["system", { id: "system", workerFunction: "WORKER", mutations: [] }]]),
});
const claims = (change: object) => ({ sub: "here.worker", iat: 1, function: "WORKER", ...change });

test.each([
  ["2026-01-31", undefined],
  ["2026-02-01", "WORKER"],
  ["2026-02-28", "WORKER"],
  ["2026-03-01", undefined],
])("on %s a worker is %s", (day, expected) => {
  expect(functionOf(changing, "WORKER", toPlainDate(day))).toBe(expected);
  expect(functionOf(changing, "PRIVACY_OFFICER", toPlainDate(day))).toBe("PRIVACY_OFFICER");
});

test("a token of a worker, or of a system, of an organisation that has ended vouches for nobody", () => {
  const refusal = (reason: string) =>
    expect.objectContaining({ code: "TOKEN_INVALID", details: { reason } }) as unknown;
  expect(() => readClaims(ended, claims({}))).toThrow(refusal("function") as Error);
  expect(() => readClaims(ended, claims({ sub: "system", client_id: "system" }))).toThrow(
    refusal("client") as Error,
  );
  const { requester } = readClaims(ended, claims({ function: "PRIVACY_OFFICER" }));
  expect(requester).toMatchObject({ organisation: "here", workerFunction: "PRIVACY_OFFICER" });
});
