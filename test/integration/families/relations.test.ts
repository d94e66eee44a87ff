// Who is whose parent and with what authority, and children who live in two households.

import { recordConsent } from "../../../subgraphs/families/source/record-consent";
import { aRequester } from "../../kit/requesters";
import { aKey, withContract, withRegister } from "./arrange";

const register = withRegister();
const ask = withContract(register);
const lokalis = aRequester("lokalis.worker", "WORKER");
const guardian = aRequester("save.guardian", "GUARDIAN");

test("gives the parents of a child and the children of a parent, each with its authority", async () => {
  const { data, codes } = await ask(
    lokalis,
    `{ family(id: "OVV-03") { members { id
      parents { parent { id } authority since } children { child { id } authority } } } }`,
  );
  expect(codes).toEqual([]);
  const members = (data as { family: { members: { id: string }[] } }).family.members;
  const of = (id: string) => members.find((one) => one.id === id);
  expect(of("OVV-03-3")).toMatchObject({
    parents: [
      { parent: { id: "OVV-03-1" }, authority: "YES", since: expect.stringMatching(/^\d{4}-/) as string },
      { parent: { id: "OVV-03-2" }, authority: "UNKNOWN", since: null },
    ],
    children: [],
  });
  expect(of("OVV-03-1")).toMatchObject({
    parents: [],
    children: [
      { child: { id: "OVV-03-3" }, authority: "YES" },
      // A ward, who lives elsewhere and here.
      { child: { id: "OVV-12-4" }, authority: "NO" },
    ],
  });
});

describe("a child with two households", () => {
  test("is a member of both, and belongs to the first", async () => {
    const seen = (id: string) => `{ family(id: "${id}") { members { id family { id } households { id } } } }`;
    const child = {
      id: "OVV-12-4",
      family: { id: "OVV-12" },
      households: [{ id: "OVV-12" }, { id: "OVV-03" }],
    };
    for (const [requester, id] of [
      [lokalis, "OVV-03"],
      [guardian, "OVV-12"],
    ] as const) {
      const { data } = await ask(requester, seen(id));
      const { members } = (data as { family: { members: { id: string }[] } }).family;
      expect(members).toContainEqual(child);
      expect(members.map((one) => one.id)).toEqual(members.map((one) => one.id).toSorted());
    }
  });

  test("has each household's own workers: either may record, as of the household that they work with", async () => {
    const consent = (requester: typeof lokalis, givenBy: string) =>
      recordConsent(register.stores(), requester, {
        personId: "OVV-12-4",
        givenBy,
        holder: "save",
        recipient: "lokalis",
        categories: ["CARE_PLAN"],
        purpose: "CARE",
        decision: "GIVEN",
        explicit: false,
        how: "SPOKEN",
        ...aKey(),
      });
    expect(await consent(lokalis, "OVV-03-1")).toMatchObject({ familyId: "OVV-03", personId: "OVV-12-4" });
    expect(await consent(guardian, "OVV-03-1")).toMatchObject({ familyId: "OVV-12", personId: "OVV-12-4" });
    await expect(consent(aRequester("lokalis.colleague", "WORKER"), "OVV-03-1")).rejects.toMatchObject({
      code: "FAMILY_NOT_FOUND",
    });
    await expect(consent(lokalis, "OVV-06-1")).rejects.toMatchObject({ code: "INPUT_INVALID" });
  });

  test("leaves the second household when that ends, and is still in its own", async () => {
    await register.database.pool.query(
      "update hub.second_household set until_on = greatest(from_on, current_date - 1) where person_id = 'OVV-12-4'",
    );
    const { data } = await ask(lokalis, `{ family(id: "OVV-03") { members { id } } }`);
    expect(JSON.stringify(data)).not.toContain("OVV-12-4");
    const own = await ask(guardian, `{ family(id: "OVV-12") { members { id households { id } } } }`);
    expect(JSON.stringify(own.data)).not.toContain("OVV-03");
    await register.database.pool.query("update hub.second_household set until_on = null");
  });
});

test("gives relations of many people in one query a kind", async () => {
  const query = jest.spyOn(register.database.pool, "query");
  await ask(
    lokalis,
    `{ family(id: "OVV-01") { members { parents { parent { id } } children { child { id } }
      households { id } framework { framework } } } }`,
  );
  // The family, its members, and one for each of the four fields.
  expect(query).toHaveBeenCalledTimes(6);
  query.mockRestore();
});
