// findFamily: from a BSN to the household, for who works with it; and for a stranger as if there were none.

import { toBsn } from "../../../shared/kernel/bsn";
import type { Requester } from "../../../shared/kernel/requester";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import { findByBsn, findHouseholdId } from "../../../subgraphs/families/source/find-by-bsn";
import { withDatabase } from "../../kit/database";
import { seedDemoRegister } from "../../kit/demo-register";
import { aRequester, UTRECHT } from "../../kit/requesters";
import { NOT_PROBED } from "../../kit/probe";
import { UNLIMITED } from "../../kit/search-limit";

const database = withDatabase();
const KEYS = new Map(
  UTRECHT.organisations.map(({ code }, index): [string, { version: number; secret: Buffer }] => [
    code,
    { version: 1, secret: Buffer.alloc(32, index + 1) },
  ]),
);
const BSN = toBsn("bsn", "999993653");
const UNKNOWN = toBsn("bsn", "999990408");

beforeAll(async () => {
  await seedDemoRegister(database.pool);
  const key = KEYS.get("save");
  if (!key) throw new Error("No key.");
  // The child of OVV-06 is known to SAVE under this number.
  await database.owner.query(
    "update hub.person_pseudonym set pseudonym = $1 where person_id = 'OVV-06-3' and organisation = 'save'",
    [pseudonymOf(key, { bsn: BSN })],
  );
});

const stores = () => ({
  pool: database.pool,
  region: UTRECHT,
  pseudonymKeys: KEYS,
  searchLimit: UNLIMITED,
  probe: NOT_PROBED,
});
const find = async (requester: Requester, bsn = BSN) => (await findByBsn(stores(), requester, bsn))?.id;

test("gives the household to who works with it, whichever organisation knows the child by the number", async () => {
  expect(await find(aRequester("lokalis.worker", "WORKER"))).toBe("OVV-06");
  expect(await find(aRequester("save.voluntary", "VOLUNTARY_WORKER"))).toBe("OVV-06");
});

test("gives nothing to others, and nothing of a child that nobody knows", async () => {
  expect(await find(aRequester("lokalis.colleague", "WORKER"))).toBeUndefined();
  expect(await find(aRequester("lokalis.privacy-officer", "PRIVACY_OFFICER"))).toBeUndefined();
  expect(await find(aRequester("lokalis.worker", "WORKER"), UNKNOWN)).toBeUndefined();
});

test("finds any household for a declaration of an emergency, which decides who may know of it", async () => {
  const guardian = aRequester("wss.guardian", "GUARDIAN");
  expect(await find(guardian)).toBeUndefined();
  expect(await findHouseholdId(stores(), guardian, BSN)).toBe("OVV-06");
  expect(await findHouseholdId(stores(), guardian, UNKNOWN)).toBeUndefined();
});

test("finds a child's second household for who works with that one", async () => {
  await database.owner.query(
    "insert into hub.second_household values ('OVV-06-3', 'OVV-09', current_date - 30, null)",
  );
  await database.owner.query(
    `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on)
     values (gen_random_uuid(), 'OVV-09', 'veilig-thuis', 'veilig-thuis.second', 'ASSIGNED', current_date - 1)`,
  );
  expect(await find(aRequester("veilig-thuis.second", "ASSESSOR"))).toBe("OVV-09");
});
