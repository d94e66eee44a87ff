// The keys of grants change while the hub is asked: nobody notices, and what the old key signs is refused afterwards.

import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Grant } from "../../shared/kernel/requester";
import { forgeGrant, grantKeysIn, readJwk } from "../kit/grant-keys";
import { ask, eventually, PROJECT_ROOT, tokenOf } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { aGrant, aRequester } from "../kit/requesters";
import { sharedHub } from "../kit/shared-hub";

const hub = sharedHub();
const keys = grantKeysIn(join(hub.folder, "data", "keys"));
/** Gateways and sources read their files again within this time, with room for a slow machine. */
const TAKEN_UP_MS = 5_000;

const commandAs = (given: Readonly<Record<string, string>>, ...args: string[]) => {
  const main = join(PROJECT_ROOT, "dist", "shared", "launch", "keys-command", "main.js");
  const env = {
    PATH: process.env["PATH"] ?? "",
    SCHAKEL_DATA_DIR: join(hub.folder, "data"),
    SCHAKEL_PORT: String(hub.port),
    ...given,
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8", env });
  return { status, stdout, stderr };
};
const command = (...args: string[]) => commandAs({}, ...args);

/** What the log says of changes of keys of grants, the newest first. */
const onRecord = async (): Promise<unknown[]> =>
  asOwner(hub, async (owner) => {
    const { rows } = await owner.query(
      `select act, outcome, operation, worker, relied_on as relied from access_log.entry
       where operation like '%GrantKey' order by position desc`,
    );
    return rows;
  });

const REQUEST = {
  query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Family { lokalis { carePlan { summary } } } } }`,
  variables: { r: [{ __typename: "Family", id: "OVV-06" }] },
};
const GRANT: Grant = {
  ...aGrant(aRequester("lokalis.worker", "WORKER"), "CARE"),
  subjects: [{ type: "Family", id: "OVV-06", key: "LOK-2006", categories: ["CARE_PLAN"] }],
};

/** The status and code of a source that is shown a grant of this key. */
async function showTo(key: ReturnType<typeof readJwk>): Promise<string> {
  const header = { kid: key.kid };
  const grant = await forgeGrant(keys.privateFile, GRANT, "lokalis", REQUEST, { key, header });
  const response = await fetch(`http://127.0.0.1:${hub.port + 1}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...REQUEST, extensions: { grant } }),
  });
  const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
  return [response.status, ...errors.map(({ extensions }) => extensions.code)].join(" ");
}

test("keys rotate twice under load, no request is refused, and the first key is refused once it is retired", async () => {
  const first = readJwk(keys.privateFile);
  const faults: unknown[] = [];
  let answered = 0;
  const stopping = new AbortController();
  const load = Promise.all(
    Array.from({ length: 3 }, async () => {
      while (!stopping.signal.aborted) {
        const { status, body } = await ask(hub, {
          persona: "lokalis.worker",
          purpose: "CARE",
          query: `{ family(id: "OVV-06") { id lokalis { carePlan { summary } } save { involvement { since } } } }`,
        });
        const { unavailable } = body.extensions ?? {};
        const isWhole = status === 200 && !body.errors && (unavailable as unknown[]).length === 0;
        if (isWhole) answered += 1;
        else faults.push({ status, errors: body.errors, unavailable });
      }
    }),
  );
  try {
    for (let times = 0; times < 2; times++) {
      expect(command("rotate", "grant", "--now")).toMatchObject({ status: 0, stderr: "" });
      await sleep(TAKEN_UP_MS);
    }
    expect(readJwk(keys.privateFile).kid).not.toBe(first.kid);
    // Still known: a grant of it may be under way.
    expect(await showTo(first)).toBe("200");
    expect(command("retire", "grant")).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("--now") as string,
    });
    expect(await showTo(first)).toBe("200");
    expect(command("retire", "grant", "--now").status).toBe(0);
    await eventually("the first key to be refused", async () =>
      (await showTo(first)) === "401 GRANT_INVALID" ? true : undefined,
    );
    const before = answered;
    await eventually("answers after all of it", async () => (answered > before ? true : undefined));
  } finally {
    stopping.abort();
    await load;
  }
  expect(faults).toEqual([]);
  expect(await showTo(readJwk(keys.privateFile))).toBe("200");
}, 120_000);

test("who changes keys is on record, as the token of their sign-in says, before anything changes", async () => {
  const by = { SCHAKEL_OPERATOR_TOKEN: await tokenOf(hub, "hub.operator") };
  const kid = readJwk(join(hub.folder, "data", "keys", "grant-next.jwk.json")).kid;
  expect(commandAs(by, "rotate", "grant", "--now")).toMatchObject({ status: 0, stderr: "" });
  expect(readJwk(keys.privateFile).kid).toBe(kid);
  expect((await onRecord())[0]).toEqual({
    act: "CONFIGURE",
    outcome: "DELIVERED",
    operation: "rotateGrantKey",
    worker: "hub.operator",
    relied: ["OPERATOR:TOKEN", `GRANT_KEY:${kid}`],
  });
});

test.each([
  ["of somebody who does not administer the hub", "lokalis.worker", true, "ACCESS_DENIED"],
  ["without a second factor", "hub.operator", false, "SECOND_FACTOR_REQUIRED"],
] as const)(
  "nobody changes keys with a token %s, and the try is on record",
  async (_what, persona, second, code) => {
    const [known, signing] = [await onRecord(), readJwk(keys.privateFile).kid];
    const token = await tokenOf(hub, persona, undefined, second);
    const { status, stderr } = commandAs({ SCHAKEL_OPERATOR_TOKEN: token }, "rotate", "grant", "--now");
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(code) as string });
    expect(stderr).not.toContain(token);
    expect(await onRecord()).toEqual(known);
    expect(readJwk(keys.privateFile).kid).toBe(signing);
    const refused = await asOwner(hub, async (owner) =>
      owner.query(
        `select worker, outcome from access_log.entry where error_code = $1 and operation = 'request'
       order by position desc limit 1`,
        [code],
      ),
    );
    expect(refused.rows).toEqual([{ worker: persona, outcome: "REFUSED" }]);
  },
);

test("keys do not change when that cannot be put on record", () => {
  const signing = readJwk(keys.privateFile).kid;
  const away = { DATABASE_URL: "postgresql://hub@127.0.0.1:1/hub" };
  expect(commandAs(away, "rotate", "grant", "--now").status).toBe(1);
  expect(readJwk(keys.privateFile).kid).toBe(signing);
});

test.each([
  [
    "rotateGrantKey",
    ["rotate", "grant", "--now"],
    (folder: string) => {
      const file = join(folder, "grant-next.jwk.json");
      const { kid: _, ...nameless } = readJwk(file);
      writeFileSync(file, JSON.stringify(nameless), { mode: 0o600 });
    },
  ],
  ["rotatePseudonymKey", ["rotate", "pseudonym", "save"], () => undefined],
] as const)("%s that fails is on record as that, under the same trace", async (operation, words, spoil) => {
  // A copy: the hub goes on with its own keys.
  const folder = mkdtempSync(join(tmpdir(), "schakel-keys-"));
  cpSync(join(hub.folder, "data", "keys"), folder, { recursive: true });
  spoil(folder);
  const nobody = "http://127.0.0.1:1/graphql";
  const env = { SCHAKEL_KEYS_DIR: folder, SCHAKEL_SUBGRAPH_URL_SAVE: nobody };
  expect(commandAs(env, ...words).status).toBe(1);
  rmSync(folder, { recursive: true });
  const [failed, begun] = await asOwner(hub, async (owner) => {
    const { rows } = await owner.query<{ outcome: string; trace: string }>(
      `select outcome, trace_id as trace from access_log.entry where operation = $1 order by position desc limit 2`,
      [operation],
    );
    return rows;
  });
  expect([begun?.outcome, failed?.outcome]).toEqual(["DELIVERED", "FAILED"]);
  expect(failed?.trace).toBe(begun?.trace);
});

test("the command says where each key stands, and never what is secret in it", () => {
  const { status, stdout } = command("status");
  expect(status).toBe(0);
  expect(stdout.match(/^grant {2}(current|next) /gm)).toHaveLength(2);
  expect(stdout).toContain(readJwk(keys.privateFile).kid);
  expect(stdout).not.toContain(String(readJwk(keys.privateFile).d));
  expect(command("rotate", "everything")).toMatchObject({ status: 2, stdout: "" });
});
