// The key of an organisation's pseudonyms is replaced under a running hub: the command is killed again and again in the middle,
// begun again, and nobody who looks at a family meanwhile notices anything.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ask, PROJECT_ROOT, TestHub, type Ask } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { numbersKnownTo } from "../kit/demo-numbers";
import { at } from "../kit/view";

jest.setTimeout(300_000);

const ORGANISATION = "save";
const COMMAND = join(PROJECT_ROOT, "dist", "shared", "launch", "keys-command", "main.js");
const KILLS = 5;
/** Family of the demo that Lokalis and SAVE both work with. */
const FAMILY = "OVV-06";
const VIEW = `query ($id: ID!, $bsn: String!) {
  family(id: $id) { members { id save { identity { name } } } }
  findFamily(bsn: $bsn) { id }
}`;

let hub: TestHub;
beforeAll(async () => {
  hub = await TestHub.start({
    SCHAKEL_SEARCHES_PER_WORKER: "1000000",
    SCHAKEL_SEARCHES_PER_ORGANISATION: "1000000",
  });
}, 180_000);
afterAll(async () => {
  await hub.remove();
}, 60_000);

/** Starts `npm run keys -- <what> pseudonym save`, one row at a time, so that it can be killed between two. */
function start(what: "rotate" | "retire"): ChildProcess {
  return spawn(process.execPath, [COMMAND, what, "pseudonym", ORGANISATION, "--batch", "1"], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      SCHAKEL_PORT: String(hub.place.port),
      SCHAKEL_DATA_DIR: join(hub.place.folder, "data"),
    },
  });
}
async function run(what: "rotate" | "retire"): Promise<{ code: number | null; err: string }> {
  const child = start(what);
  let err = "";
  child.stderr?.on("data", (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, err };
}

const rowsAt = async (version: number): Promise<number> =>
  asOwner(hub.place, async (owner) => {
    const { rows } = await owner.query<{ count: number }>(
      "select count(*)::int as count from hub.person_pseudonym where organisation = $1 and key_version = $2",
      [ORGANISATION, version],
    );
    return rows[0]?.count ?? -1;
  });

const pseudonyms = async (): Promise<ReadonlyMap<string, string>> =>
  asOwner(hub.place, async (owner) => {
    const { rows } = await owner.query<{ person_id: string; pseudonym: string }>(
      "select person_id, pseudonym from hub.person_pseudonym where organisation = $1",
      [ORGANISATION],
    );
    return new Map(rows.map((row) => [row.person_id, row.pseudonym]));
  });

/** Has the register ask for somebody as it did before. */
async function setPseudonym(person = "", pseudonym = "", version = 1): Promise<void> {
  await asOwner(hub.place, async (owner) =>
    owner.query(
      "update hub.person_pseudonym set pseudonym = $3, key_version = $4 where organisation = $1 and person_id = $2",
      [ORGANISATION, person, pseudonym, version],
    ),
  );
}

const lookingFor = (bsn: string): Ask => ({
  persona: "save.voluntary",
  purpose: "CARE",
  query: VIEW,
  variables: { id: FAMILY, bsn },
});

/** Looks at the family over and over; gives every answer that was not the first one. */
function watch(bsn: string) {
  const others: string[] = [];
  let looks = 0;
  const watching = { isOver: false };
  const look = async (): Promise<string> => {
    const { body } = await ask(hub.place, lookingFor(bsn));
    return JSON.stringify([body.data, body.errors, body.extensions?.["unavailable"]]);
  };
  const over = (async () => {
    const first = await look();
    while (!watching.isOver) {
      const next = await look();
      looks += 1;
      if (next !== first) others.push(next);
    }
    return first;
  })();
  return {
    end: async () => {
      watching.isOver = true;
      const first = await over;
      return { first, looks, others };
    },
  };
}

test("killed in the middle and begun again, with everybody known all along, until the old version is refused", async () => {
  const [bsn] = numbersKnownTo(ORGANISATION).get(FAMILY) ?? [];
  const all = await rowsAt(1);
  const before = await pseudonyms();
  expect(all).toBeGreaterThan(KILLS * 2);
  const watched = watch(bsn ?? "");

  for (let kill = 1; kill <= KILLS; kill += 1) {
    const done = await rowsAt(2);
    const child = start("rotate");
    const ended = once(child, "exit");
    while ((await rowsAt(2)) === done && child.exitCode === null) await sleep(1);
    child.kill("SIGKILL");
    await ended;
    const [older, newer] = [await rowsAt(1), await rowsAt(2)];
    expect(older + newer).toBe(all);
    expect(newer).toBeGreaterThan(done);
  }
  expect(await run("rotate")).toEqual({ code: 0, err: "" });
  expect([await rowsAt(1), await rowsAt(2)]).toEqual([0, all]);

  // What came before may still be under way; the clock of the file is set back instead of waiting for it.
  const early = await run("retire");
  expect(early).toEqual({ code: 1, err: expect.stringMatching(/under way.*seconds/) });
  setRenewedBack();
  expect(await run("retire")).toEqual({ code: 0, err: "" });

  const { first, looks, others } = await watched.end();
  expect(looks).toBeGreaterThan(10);
  expect(others).toEqual([]);
  expect(first).toContain(`"findFamily":{"id":"${FAMILY}"}`);
  expect(first).toMatch(/"save":\{"identity":\{"name":"\w/);

  const view = async (): Promise<Record<string, unknown>> => {
    const members = at(await ask(hub.place, lookingFor(bsn ?? "")), ["family", "members"]) as readonly {
      id: string;
      save: unknown;
    }[];
    return Object.fromEntries(members.map(({ id, save }) => [id, save]));
  };
  const [known] = Object.entries(await view()).find(([, save]) => save !== null) ?? [];
  await setPseudonym(known, before.get(known ?? ""), 1);
  expect((await view())[known ?? ""]).toBeNull();
}, 300_000);

const keyFile = (): string => join(hub.place.folder, "data", "keys", `pseudonym-${ORGANISATION}.json`);

/** As if the register had been renewed ten minutes ago. */
function setRenewedBack(): void {
  const moment = new Date(Date.now() - 600_000).toISOString();
  const text = readFileSync(keyFile(), "utf8").replace(/"renewedAt": "[^"]+"/, `"renewedAt": "${moment}"`);
  writeFileSync(`${keyFile()}.new`, text, { mode: 0o600 });
  renameSync(`${keyFile()}.new`, keyFile());
}
