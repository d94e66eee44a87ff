// The demo's referrals: put in place once, and true to the table of transitions.

import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { readDemoReferrals, type DemoReferral } from "../../../subgraphs/referrals/demo/demo-referral";
import { seedReferrals } from "../../../subgraphs/referrals/demo/seed-referrals";
import { findConsulted, findReceived, getReferral } from "../../../subgraphs/referrals/source/find-referrals";
import { receiversOf, ROUTES } from "../../../subgraphs/referrals/source/routes";
import { neededDemo } from "../../../shared/region/demo";
import { getOrganisation } from "../../../shared/region/region";
import { withDatabase } from "../../kit/database";
import { REGION, SILENT, worker } from "./arrange";

const database = withDatabase();
let stories: readonly DemoReferral[];

beforeAll(async () => {
  stories = await readDemoReferrals(neededDemo(REGION).folder);
  for (const { familyId } of stories) {
    await database.pool.query(
      "insert into hub.family (id, status, inflow, opened_on) values ($1, 'OPEN', 'LOKALIS', '2020-01-01')",
      [familyId],
    );
  }
});

describe("the demo's referrals", () => {
  test("are put in place once, however often they are seeded", async () => {
    await seedReferrals(database.workingUrl, REGION, SILENT);
    await seedReferrals(database.workingUrl, REGION, SILENT);
    const { rows } = await database.pool.query("select count(*)::int as count from hub.referral");
    expect(rows).toEqual([{ count: stories.length }]);
  });

  test("go along routes that exist, on grounds that fit", () => {
    for (const { by, type, receiver, consentBasis } of stories) {
      const sender = getOrganisation(REGION, by.slice(0, by.indexOf(".")));
      expect(receiversOf(REGION, sender, type).map(({ code }) => code)).toContain(receiver);
      expect(ROUTES[type].bases).toContain(consentBasis);
    }
  });

  test("show the waiting ones to their receivers, and lie in the past", async () => {
    const inbox = await findReceived(database.pool, worker("lokalis"), { first: 10 });
    expect(inbox.edges.map(({ node }) => [node.familyId, node.state])).toEqual([
      ["OVV-09", "WAITLISTED"],
      ["OVV-01", "RECEIVED"],
    ]);
    for (const { node } of inbox.edges) {
      for (const { at } of node.history) expect(Date.parse(at)).toBeLessThan(Date.now());
    }
  });

  test("show the consultation to the three at the table", async () => {
    for (const organisation of ["lokalis", "save", "wss"]) {
      const page = await findConsulted(database.pool, worker(organisation), { first: 10, state: "OPEN" });
      expect(page.edges.map(({ node }) => node.familyId)).toEqual(["OVV-02"]);
    }
  });

  test("have a history that ends where they are", async () => {
    for (const { id, by } of stories) {
      const organisation = by.slice(0, by.indexOf("."));
      const sender = {
        ...worker(organisation),
        worker: toWorkerId(by),
        organisation: toOrganisationCode(organisation),
      };
      const referral = await getReferral(database.pool, sender, id);
      expect(referral.history.at(-1)).toMatchObject({
        version: referral.version,
        to: referral.state,
        owner: referral.owner,
      });
    }
  });
});
