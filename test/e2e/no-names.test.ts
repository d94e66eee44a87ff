// The hub keeps no name, address, telephone number or BSN: not in its database, not in the queue, not in a file.

import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { namesIn, namesOfDemo } from "../kit/demo-people";
import { ask, post, tokenOf, type Answer } from "../kit/hub";
import { asOwner, rowsOfTables } from "../kit/hub-database";
import { leftByRunningHub } from "../kit/hub-left-behind";
import { referralIn, sendReferral, untilReceived } from "../kit/referrals";
import { sharedHub } from "../kit/shared-hub";
import { FAMILY_VIEW } from "../kit/view";

const hub = sharedHub();
const names = namesOfDemo();
const data = join(hub.folder, "data");

describe("what the hub keeps", () => {
  beforeAll(async () => {
    const views: Answer[] = [];
    for (const [persona, purpose, id] of [
      ["lokalis.worker", "CARE", "OVV-06"],
      ["veilig-thuis.assessor", "SAFETY_ASSESSMENT", "OVV-06"],
      ["save.voluntary", "CARE", "OVV-10"],
      ["wss.guardian", "MEASURE_EXECUTION", "OVV-08"],
    ] as const) {
      views.push(await ask(hub, { persona, purpose, query: FAMILY_VIEW, variables: { id } }));
    }
    // Otherwise there would be nothing to keep.
    expect(namesIn(JSON.stringify(views.map(({ body }) => body)), names).length).toBeGreaterThan(20);

    const worker = { persona: "lokalis.worker", purpose: "CARE" };
    const typed = [
      `{ family(id: "999918473") { id } }`,
      `{ family(id: "9999.18.473") { id } }`,
      `{ family(id: "Smit") { id } }`,
      `query Chantal { Smit: family(id: "Chantal Smit") { id } }`,
      `{ family(id: "OVV-06") { Bakker } } # Kevin Smit`,
      `{ family(id: "OVV-06") { ...Romy } }`,
      `{ family(id: "OVV-06" `,
    ];
    for (const query of typed) await ask(hub, { ...worker, query });
    for (const id of ["999918473", "9999.18.473", "Smit"]) {
      const query = "query ($id: ID!, $bsn: String!) { family(id: $id) { id } findFamily(bsn: $bsn) { id } }";
      await ask(hub, { ...worker, query, variables: { id, bsn: "999918473" } });
    }
    await ask(hub, { ...worker, purpose: "Chantal", query: "{ me { worker } }" });
    const authorization = `Bearer ${await tokenOf(hub, "lokalis.worker")}`;
    await post(hub.port, `{"query": "Chantal Smit`, { authorization, purpose: "CARE" });
    await fetch(`http://127.0.0.1:${hub.port}/Chantal?bsn=999918473`);
    await sendReferral(hub, { familyId: "999918473" });
    await sendReferral(hub, { receiver: "Chantal", sightOnSafety: "Smit" });
    // As a careless client may name what it sends; sent twice, it is recognised all the same.
    const named = { idempotencyKey: "Verwijzing Chantal Smit" };
    const { id } = referralIn(await sendReferral(hub, named), "refer");
    expect(referralIn(await sendReferral(hub, named), "refer").id).toBe(id);
    await untilReceived(hub, "save.voluntary", id);
  }, 120_000);

  test("names nobody of the demo, in no table and in no file", async () => {
    const tables = await rowsOfTables(hub);
    for (const name of ["hub.person", "hub.referral", "hub.consent", "access_log.entry", "bullmq.event"]) {
      expect([name, tables.get(name)?.length ?? 0]).not.toEqual([name, 0]);
    }
    for (const folder of ["checkpoints", "deliveries", "demo", "keys", "logs", "run"]) {
      expect([folder, readdirSync(join(data, folder)).length]).not.toEqual([folder, 0]);
    }
    expect(readdirSync(join(data, "logs"))).toEqual(
      expect.arrayContaining(["gateway.log", "lokalis.log", "postgres.log", "worker.log"]),
    );
    expect(await leftByRunningHub(hub)).toEqual([]);
  });

  // What the run as a whole leaves behind is looked through in the same way when it ends (TestHub.remove).
  describe("a name that is planted is found", () => {
    test.each([
      ["a log", "logs/planted.log", '{"msg":"Chantal belde"}', ["Chantal"]],
      ["a delivery record", "deliveries/planted/2026-11-26.jsonl", '{"key":"999918473"}', ["999918473"]],
      ["a key file", "keys/planted.json", '{"note":"9999.18.473"}', ["999918473"]],
      ["a number of somebody who is in no demo", "logs/planted.log", "bsn=999990019", ["999990019"]],
    ])("in %s", async (_what, file, text, expected) => {
      const path = join(data, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      try {
        expect(await leftByRunningHub(hub)).toEqual([{ where: file, what: expected }]);
      } finally {
        rmSync(file.startsWith("deliveries") ? dirname(path) : path, { recursive: true });
      }
    });

    test("in a table, and under it when the row is gone", async () => {
      await asOwner(hub, async (owner) => {
        await owner.query("create table hub.planted (text text)");
        try {
          await owner.query("insert into hub.planted values ('Wijdenbosch, 999919398')");
          expect(await leftByRunningHub(hub)).toEqual(
            expect.arrayContaining([
              { where: "hub.planted", what: expect.arrayContaining(["Wijdenbosch", "999919398"]) },
            ]),
          );
          await owner.query("delete from hub.planted");
          const [left, ...others] = await leftByRunningHub(hub);
          expect(left?.where).toMatch(/^base\/\d+\/\d+$/);
          expect(left?.what).toEqual(["999919398", "Wijdenbosch"]);
          expect(others).toEqual([]);
        } finally {
          await owner.query("drop table hub.planted");
        }
      });
      expect(await leftByRunningHub(hub)).toEqual([]);
    });
  });
});
