// An organisation's own system announces maintenance: the directory tells it, the organisation is not asked, every view
// says until when, and all of it is on record.

import { randomUUID } from "node:crypto";
import { demoSystemClient, TOKEN_AUDIENCE } from "../../shared/kernel/token-claims";
import { HUB_VERSION } from "../../shared/kernel/version";
import { issuerUrl } from "../../shared/launch/demo-issuer/issuer-settings";
import { signedAs } from "../kit/attack-tokens";
import { ask, eventually, type Answer } from "../kit/hub";
import { portOf } from "../kit/hub-place";
import { sharedHub } from "../kit/shared-hub";
import { nowS } from "../kit/test-issuer";
import { askWith, type Traced } from "../kit/token-gateways";

const hub = sharedHub();
const CLIENT = demoSystemClient("save");
const HOUR_MS = 3_600_000;

const ANNOUNCE = `mutation ($input: AnnounceMaintenanceInput!) { announceMaintenance(input: $input) { id from until } }`;
const END = `mutation ($input: EndMaintenanceInput!) { endMaintenance(input: $input) { id endedAt } }`;
const DIRECTORY = `{ organisations { code owner contact version health plannedMaintenance { id from until } } }`;
const VIEW = `{ family(id: "OVV-06") { id members { id } save { carePlan { summary } } } }`;

interface Line {
  readonly organisation: string;
  readonly cause: string;
  readonly until?: string;
  readonly retryAfterSeconds: number;
}
interface Listed {
  readonly code: string;
  readonly plannedMaintenance: readonly { readonly id: string; readonly until: string }[];
}

const bySystem = async (query: string, input: object): Promise<Traced> => {
  const token = await signedAs(hub, "save", {
    iss: issuerUrl(`http://127.0.0.1:${portOf(hub, "issuer")}`, "save"),
    aud: TOKEN_AUDIENCE,
    sub: CLIENT,
    client_id: CLIENT,
    iat: nowS(),
    exp: nowS() + 300,
  });
  const variables = { input: { ...input, idempotencyKey: randomUUID() } };
  return askWith(hub, hub.port, token, { query, variables, purpose: "CARE" });
};
const asWorker = async (query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
  ask(hub, { persona: "lokalis.worker", purpose: "CARE", query, variables });
const view = async (): Promise<Answer> =>
  ask(hub, { persona: "save.voluntary", purpose: "CARE", query: VIEW });
const A_TEXT = expect.any(String) as string;
const linesOf = ({ body }: Answer): readonly Line[] => (body.extensions?.["unavailable"] ?? []) as Line[];
const directory = async (): Promise<Listed[]> =>
  (await asWorker(DIRECTORY)).body.data?.["organisations"] as Listed[];
const savesMaintenance = async () =>
  (await directory()).find(({ code }) => code === "save")?.plannedMaintenance ?? [];

test("the directory tells who answers for each service, how it is, and which version it runs", async () => {
  const listed = await directory();
  expect(listed.length).toBeGreaterThan(4);
  for (const one of listed) {
    expect(one).toEqual({
      code: one.code,
      owner: expect.stringMatching(/\w/),
      contact: expect.stringMatching(/^[a-z]+@[a-z-]+\.example$/),
      version: HUB_VERSION,
      health: "READY",
      plannedMaintenance: [],
    });
  }
});

test("while it lasts the organisation is not asked, and everybody is told until when", async () => {
  const until = new Date(Date.now() + HOUR_MS).toISOString();
  const { answer, codes, entries } = await bySystem(ANNOUNCE, { until });
  expect(codes).toEqual([]);
  const id = (answer.body.data?.["announceMaintenance"] as { id: string } | undefined)?.id ?? "";
  try {
    const worker = `client:${CLIENT}`;
    expect(entries).toMatchObject([
      { operation: "announceMaintenance", outcome: "DELIVERED", worker, organisation: "save" },
    ]);
    expect(await savesMaintenance()).toMatchObject([{ id, until }]);
    const during = await eventually("a view that knows of it", async () => {
      const seen = await view();
      return linesOf(seen).length > 0 ? seen : undefined;
    });
    const [line, ...others] = linesOf(during);
    expect(others).toEqual([]);
    expect(line).toMatchObject({ organisation: "save", cause: "MAINTENANCE", until });
    expect(line?.retryAfterSeconds).toBeGreaterThan(3_500);
    expect(line?.retryAfterSeconds).toBeLessThanOrEqual(3_600);
    const family = { id: "OVV-06", members: expect.arrayContaining([{ id: A_TEXT }]) as object[] };
    expect(during.body.data?.["family"]).toEqual({ ...family, save: null });
  } finally {
    const ended = await bySystem(END, { maintenanceId: id });
    expect(ended.codes).toEqual([]);
    expect(ended.entries).toMatchObject([{ operation: "endMaintenance", outcome: "DELIVERED" }]);
    const after = await eventually("a whole view", async () => {
      const seen = await view();
      return linesOf(seen).length === 0 ? seen : undefined;
    });
    expect(after.body.data?.["family"]).toMatchObject({ save: { carePlan: { summary: A_TEXT } } });
  }
  expect(await savesMaintenance()).toEqual([]);
});

test("a person cannot announce it, and a moment that is past is refused; neither leaves anything", async () => {
  const until = new Date(Date.now() + HOUR_MS).toISOString();
  const byWorker = await asWorker(ANNOUNCE, { input: { until, idempotencyKey: randomUUID() } });
  expect(byWorker.body.errors?.map(({ extensions }) => extensions["code"])).toEqual(["ACCESS_DENIED"]);
  const past = await bySystem(ANNOUNCE, { until: new Date(Date.now() - HOUR_MS).toISOString() });
  expect(past.codes).toEqual(["INPUT_INVALID"]);
  expect(past.entries).toMatchObject([{ outcome: "REFUSED", errorCode: "INPUT_INVALID" }]);
  for (const one of await directory()) expect(one.plannedMaintenance).toEqual([]);
});
