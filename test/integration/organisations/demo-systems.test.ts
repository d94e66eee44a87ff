// The systems that organisations run in the demo give what they have to whoever knows the secret, and to nobody else.

import { startDemoSystem, type DemoSystem } from "../../../shared/demo-system/run-demo-system";
import { createLogger } from "../../../shared/kernel/logger";
import { today } from "../../../shared/kernel/plain-date";
import { seedDemo } from "../../../shared/sources/seed-demo";
import { toEnvelope } from "../../../shared/sources/soap/envelope";
import * as save from "../../../subgraphs/save/demo/layout";
import { identityQuery as saveIdentities } from "../../../subgraphs/save/demo/people";
import { system as saveSystem } from "../../../subgraphs/save/demo/system";
import * as safeHome from "../../../subgraphs/veilig-thuis/demo/layout";
import { identityQuery as safeHomeIdentities } from "../../../subgraphs/veilig-thuis/demo/people";
import { system as safeHomeSystem } from "../../../subgraphs/veilig-thuis/demo/system";
import { withDatabase } from "../../kit/database";

const CLIENT = "hub";
const SECRET = "w0rd & more";
const NAMES = /Smit|Bakker|9999\d{5}/;

const start = async (system: DemoSystem, databaseUrl: string) =>
  startDemoSystem(
    system,
    {
      SYSTEM_HOST: "127.0.0.1",
      SYSTEM_PORT: 0,
      SYSTEM_DATABASE_URL: databaseUrl,
      SYSTEM_CLIENT: CLIENT,
      SYSTEM_SECRET: SECRET,
      NODE_ENV: "test",
    },
    createLogger("test", "silent"),
  );

describe("the API of Veilig Thuis", () => {
  const database = withDatabase("empty");
  let running: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    const directory = "subgraphs/veilig-thuis/demo";
    const demo = { directory, layout: safeHome.layout, identityQuery: safeHomeIdentities };
    await seedDemo(database.ownerUrl, demo, today());
    running = await start(safeHomeSystem, database.ownerUrl);
  });
  afterAll(() => running.stop());

  const askToken = async (secret: string): Promise<Response> =>
    fetch(`${running.url}/token`, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${CLIENT}:${encodeURIComponent(secret)}`).toString("base64")}`,
      },
      body: new URLSearchParams({ grant_type: "client_credentials" }),
    });
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> => {
    const { access_token: token } = (await (await askToken(SECRET)).json()) as { access_token: string };
    return fetch(`${running.url}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
  };

  test.each<[string, () => Promise<Response>, number]>([
    ["a token to whoever does not know the secret", () => askToken("other"), 401],
    ["a dossier without a token", () => fetch(`${running.url}/dossiers?nummers=VT-2006`), 401],
    [
      "a dossier for a token that it did not give",
      () => get("/dossiers?nummers=VT-2006", { authorization: "Bearer x" }),
      401,
    ],
    ["dossiers of which nobody said which", () => get("/dossiers"), 400],
    ["what is not there", () => get("/zaken"), 404],
  ])("does not give %s", async (_what, ask, status) => {
    const response = await ask();
    expect(response.status).toBe(status);
    expect(await response.text()).not.toMatch(NAMES);
  });

  test("cannot be written to", async () => {
    expect((await fetch(`${running.url}/dossiers`, { method: "DELETE" })).status).toBe(405);
  });

  test("gives a dossier, and a page that did not change only once", async () => {
    const response = await get("/dossiers?nummers=VT-2006,VT-9999");
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ dossiers: [{ dossiernummer: "VT-2006" }] });
    const people = await get("/personen");
    const again = await get("/personen", { "if-none-match": people.headers.get("etag") ?? "" });
    expect([people.status, again.status]).toEqual([200, 304]);
    expect(await again.text()).toBe("");
  });

  test("says of itself what it offers", async () => {
    expect(await (await fetch(`${running.url}/openapi.yaml`)).text()).toContain("openapi: 3.1.0");
  });
});

describe("the service of SAVE", () => {
  const database = withDatabase("empty");
  let running: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    const demo = { directory: "subgraphs/save/demo", layout: save.layout, identityQuery: saveIdentities };
    await seedDemo(database.ownerUrl, demo, today());
    running = await start(saveSystem, database.ownerUrl);
  });
  afterAll(() => running.stop());

  const question = {
    namespace: "urn:save:zaken:0109",
    question: "zaakLv01",
    element: "nummer",
    values: ["SAVE-2006"],
  };
  const user = { name: CLIENT, password: SECRET };
  const send = async (body: string): Promise<Response> =>
    fetch(`${running.url}/soap`, { method: "POST", headers: { "content-type": "text/xml" }, body });

  test("gives a case to whoever knows the password, and the same question not twice", async () => {
    const envelope = toEnvelope(question, user);
    const answer = await send(envelope);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain("<nummer>SAVE-2006</nummer>");
    expect((await send(envelope)).status).toBe(500);
  });

  test.each<[string, () => string]>([
    ["without a security header", () => toEnvelope(question, undefined)],
    ["with another password", () => toEnvelope(question, { ...user, password: "other" })],
    ["as somebody else", () => toEnvelope(question, { ...user, name: "other" })],
    ["from an hour ago", () => toEnvelope(question, user, new Date(Date.now() - 3_600_000))],
    ["that there is not", () => toEnvelope({ ...question, question: "zaakLv99" }, user)],
    ["that is no XML", () => "Lv01"],
  ])("answers a question %s with a fault and nothing else", async (_which, body) => {
    const answer = await send(body());
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).toContain("<soap:Fault>");
    expect(text).not.toMatch(NAMES);
  });

  test("says of itself what it offers", async () => {
    expect(await (await fetch(`${running.url}/soap?wsdl`)).text()).toContain("betrokkeneLv01");
  });
});
