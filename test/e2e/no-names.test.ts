// The hub keeps no name, address, telephone number or BSN: not in its database, not in the queue, not in a log file.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { namesIn, namesOfDemo } from "../kit/demo-people";
import { ask, post, tokenOf, type Answer } from "../kit/hub";
import { rowsOfTables } from "../kit/hub-database";
import { referralIn, sendReferral, untilReceived } from "../kit/referrals";
import { sharedHub } from "../kit/shared-hub";
import { FAMILY_VIEW } from "../kit/view";

const hub = sharedHub();
const names = namesOfDemo();

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
    await ask(hub, { ...worker, purpose: "Chantal", query: "{ me { worker } }" });
    const authorization = `Bearer ${await tokenOf(hub, "lokalis.worker")}`;
    await post(hub.port, `{"query": "Chantal Smit`, { authorization, purpose: "CARE" });
    await fetch(`http://127.0.0.1:${hub.port}/Chantal?bsn=999918473`);
    await sendReferral(hub, { familyId: "999918473" });
    await sendReferral(hub, { receiver: "Chantal", sightOnSafety: "Smit" });
    const { id } = referralIn(await sendReferral(hub), "refer");
    await untilReceived(hub, "save.voluntary", id);
  }, 120_000);

  test("nothing in any table names one of the people of the demo", async () => {
    const tables = await rowsOfTables(hub);
    for (const name of ["hub.person", "hub.referral", "hub.consent", "access_log.entry", "bullmq.event"]) {
      expect([name, tables.get(name)?.length ?? 0]).not.toEqual([name, 0]);
    }
    const found = [...tables].flatMap(([table, rows]) =>
      rows.flatMap((row) => namesIn(row, names).map(() => table)),
    );
    expect(found).toEqual([]);
  });

  test("nothing in any log file names one of them", () => {
    const folder = join(hub.folder, "data", "logs");
    const files = readdirSync(folder);
    expect(files).toEqual(
      expect.arrayContaining(["gateway.log", "lokalis.log", "postgres.log", "worker.log"]),
    );
    for (const file of files) {
      expect([file, namesIn(readFileSync(join(folder, file), "utf8"), names)]).toEqual([file, []]);
    }
  });
});
