// POST /pseudonyms of an organisation: for the hub alone, about whom it knows already, and never with a citizen's number.

import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { createSigner, readSigningKeys } from "../../../shared/access-log/checkpoint";
import { createLogger } from "../../../shared/kernel/logger";
import { createPersonIndex, pseudonymOfPerson } from "../../../shared/sources/person-index";
import { signRenewalRequest } from "../../../shared/subgraph-kit/renewal/renewal-request";
import { addRenewalRoute } from "../../../shared/subgraph-kit/renewal/renewal-route";

const BSN = "999990408";
const OLD = { version: 1, secret: Buffer.alloc(32, 1) };
const NEW = { version: 2, secret: Buffer.alloc(32, 2) };
const PERSON = { person_number: "P1", bsn: BSN, case_reference: "C", number: 1 };

function aKey(kid: string) {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    signer: createSigner({ ...privateKey.export({ format: "jwk" }), kid }),
    keys: readSigningKeys({ keys: [{ ...publicKey.export({ format: "jwk" }), kid }] }),
  };
}
const hub = aKey("hub");
const stranger = aKey("hub");

let server: Server;
let url: string;
let isDown = false;
/** Milliseconds since the test began, as the index counts them: no reading takes any. */
let clock = 0;
let begunAt = new Date();
beforeAll(async () => {
  const app = express();
  const people = createPersonIndex({
    key: { valid: () => [NEW, OLD] },
    load: () => (isDown ? Promise.reject(new Error("down")) : Promise.resolve([PERSON])),
    refreshEveryMs: 0,
    now: () => clock,
  });
  begunAt = new Date();
  addRenewalRoute(app, { organisation: "save", people, hub: hub.keys, log: createLogger("test", "silent") });
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/pseudonyms`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

async function ask(body: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

const old = pseudonymOfPerson(OLD, PERSON);
const nobody = pseudonymOfPerson(OLD, { ...PERSON, bsn: "999990019" });
const question = (pseudonyms = [old, nobody]) => signRenewalRequest("save", pseudonyms, hub.signer);

test("tells the hub what its pseudonyms are under the newest version, and nothing of whom it does not know", async () => {
  const { status, text } = await ask(question());
  expect([status, JSON.parse(text)]).toEqual([
    200,
    { version: 2, pseudonyms: { [old]: pseudonymOfPerson(NEW, PERSON) } },
  ]);
  expect(text).not.toContain(BSN);
});

test.each<[string, () => unknown, number]>([
  ["of somebody without the hub's key", () => signRenewalRequest("save", [old], stranger.signer), 401],
  ["for another organisation", () => signRenewalRequest("wss", [old], hub.signer), 401],
  [
    "of two minutes ago",
    () => signRenewalRequest("save", [old], hub.signer, new Date(Date.now() - 120_000)),
    401,
  ],
  ["with a pseudonym put in afterwards", () => ({ ...question([old]), pseudonyms: [nobody] }), 401],
  ["with a citizen's number instead of a pseudonym", () => ({ ...question([]), pseudonyms: [BSN] }), 400],
  ["of more than may come at once", () => question(Array.from({ length: 1_001 }, () => old)), 400],
])("refuses a question %s", async (_, body, status) => {
  const answer = await ask(body());
  expect(answer.status).toBe(status);
  expect(answer.text).not.toMatch(/9999|[A-Za-z0-9_-]{43}/);
});

test("answers a question once: whoever heard it learns nothing by asking it again", async () => {
  const asked = question();
  expect((await ask(asked)).status).toBe(200);
  expect(await ask(asked)).toEqual({ status: 401, text: '{"refused":"REPLAYED"}' });
  expect((await ask({ ...asked, id: question().id })).text).toBe('{"refused":"NOT_SIGNED"}');
  expect((await ask(question())).status).toBe(200);
});

test("answers no question that may have been answered before the process began", async () => {
  const before = signRenewalRequest("save", [old], hub.signer, new Date(begunAt.getTime() - 1_000));
  expect((await ask(before)).text).toBe('{"refused":"REPLAYED"}');
});

test("says that it cannot when its system cannot be read", async () => {
  isDown = true;
  clock += 1;
  expect(await ask(question())).toEqual({ status: 503, text: '{"refused":"NOT_READ"}' });
  isDown = false;
});
