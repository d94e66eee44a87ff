// A complaint of a member of a family becomes a review at the employer of whoever looked, and tells nobody more than that.

import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { addDays, today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { addWorkingDays } from "../../../shared/kernel/working-days";
import { aFamily, aLook, plant } from "../../kit/planted-log";
import { aKey, given, OFFICER, OTHER_OFFICER, withReviews, WORKER } from "./arrange-reviews";

const { database, ask } = withReviews();

const PARENT: Requester = {
  worker: toWorkerId("F-1-1"),
  organisation: toOrganisationCode("family"),
  kind: "FAMILY",
  legalEntity: "family",
  workerFunction: "PARENT",
};
const complain = (organisation = "lokalis", on = "2025-03-10", purpose = "CARE", ground = "NOT_INVOLVED") =>
  `mutation { complainAboutAccess(input: { organisation: "${organisation}", on: "${on}", purpose: ${purpose}, ground: ${ground}, ${aKey()} }) { organisation on dueOn } }`;

interface SeenReview {
  readonly worker: string | null;
  readonly accesses: { readonly totalCount: number };
}
async function reviewsOf(officer: Requester): Promise<SeenReview[]> {
  const { data } = await ask(
    "{ reviews(first: 100) { edges { node { origin worker ground complainant purpose happenedOn accesses { totalCount } } } } }",
    officer,
  );
  return (given(data, "reviews") as { edges: { node: SeenReview }[] }).edges.map(({ node }) => node);
}

beforeAll(async () => {
  await aFamily(database, "F-1");
  await database.owner.query(
    "insert into hub.person (id, family_id, role, birth_date) values ('F-1-1', 'F-1', 'PARENT', '1985-01-01'), ('F-1-2', 'F-1', 'PARENT', '1985-01-01'), ('F-1-3', 'F-1', 'CHILD', '2018-01-01'), ('F-1-4', 'F-1', 'CHILD', '2016-01-01')",
  );
  await database.owner.query(
    "insert into hub.authority (parent_id, child_id, authority) values ('F-1-1', 'F-1-3', 'YES'), ('F-1-1', 'F-1-4', 'NO')",
  );
  const person = (worker: string, id: string) =>
    aLook(worker, "WORKER", "F-1", { subjectType: "PERSON", subjectId: id, source: "lokalis" });
  await plant(database, [
    {
      at: "2025-03-10T09:00:00+01:00",
      entries: [aLook("lokalis.worker", "WORKER", "F-1"), person("lokalis.worker", "F-1-1")],
    },
    {
      at: "2025-03-10T10:00:00+01:00",
      entries: [
        // At a child over whom the parent has authority; the other child and the other parent do not count.
        person("lokalis.colleague", "F-1-3"),
        person("lokalis.third", "F-1-2"),
        person("lokalis.third", "F-1-4"),
      ],
    },
    {
      at: "2025-03-10T11:00:00+01:00",
      entries: [aLook("lokalis.worker", "WORKER", "F-1", { purpose: "REFERRAL" })],
    },
    { at: "2025-03-11T11:00:00+01:00", entries: [aLook("lokalis.worker", "WORKER", "F-1")] },
  ]);
});

test("goes to the employer: one review per worker who looked at them or their child that day for that purpose", async () => {
  const answer = await ask(complain(), PARENT, "SUBJECT_RIGHTS");
  const taken = { organisation: "lokalis", on: "2025-03-10", dueOn: addWorkingDays(today(), 5) };
  expect(answer).toEqual({ data: { complainAboutAccess: taken }, codes: [], deliveries: [] });
  const seen = await reviewsOf(OFFICER);
  const common = {
    origin: "COMPLAINT",
    ground: "NOT_INVOLVED",
    complainant: "F-1-1",
    purpose: "CARE",
    happenedOn: "2025-03-10",
  };
  expect(seen.toSorted((a, b) => (String(a.worker) < String(b.worker) ? -1 : 1))).toEqual([
    { ...common, worker: "lokalis.colleague", accesses: { totalCount: 1 } },
    { ...common, worker: "lokalis.worker", accesses: { totalCount: 2 } },
  ]);
  expect(await reviewsOf(OTHER_OFFICER)).toEqual([]);
  // Once more, also on another ground, opens nothing.
  await ask(complain("lokalis", "2025-03-10", "CARE", "OTHER"), PARENT, "SUBJECT_RIGHTS");
  expect(await reviewsOf(OFFICER)).toHaveLength(2);
});

test("gives the same answer where nobody looked, and is looked into all the same", async () => {
  const answer = await ask(complain("save"), PARENT, "SUBJECT_RIGHTS");
  const taken = { organisation: "save", on: "2025-03-10", dueOn: addWorkingDays(today(), 5) };
  expect(answer).toEqual({ data: { complainAboutAccess: taken }, codes: [], deliveries: [] });
  expect(await reviewsOf(OTHER_OFFICER)).toMatchObject([{ worker: null, accesses: { totalCount: 0 } }]);
});

test("who is asked to justify does not learn who complained", async () => {
  const { data } = await ask("{ reviews { edges { node { id worker } } } }");
  const edges = (given(data, "reviews") as { edges: { node: { id: string; worker: string } }[] }).edges;
  const id = edges.find(({ node }) => node.worker === WORKER.worker)?.node.id ?? "";
  await ask(`mutation { askJustification(input: { reviewId: "${id}", ${aKey()} }) { id } }`);
  const asked = await ask(
    "{ justificationsAsked { reviewId question happenedOn accesses { familyId } } }",
    WORKER,
    "CARE",
  );
  expect(asked.data).toEqual({
    justificationsAsked: [
      {
        reviewId: id,
        question: null,
        happenedOn: "2025-03-10",
        accesses: [{ familyId: "F-1" }, { familyId: "F-1" }],
      },
    ],
  });
});

test.each<[string, string]>([
  ["an organisation that is none of the region", complain("elsewhere")],
  ["a day to come", complain("lokalis", addDays(today(), 1))],
  ["a day of long ago", complain("lokalis", addDays(today(), -6 * 366))],
])("is not taken about %s", async (_, document) => {
  expect((await ask(document, PARENT, "SUBJECT_RIGHTS")).codes).toEqual(["INPUT_INVALID"]);
});

test("is for members of a family, for their own rights", async () => {
  for (const requester of [WORKER, OFFICER]) {
    expect((await ask(complain(), requester, "SUBJECT_RIGHTS")).codes).toEqual(["ACCESS_DENIED"]);
  }
  expect((await ask(complain(), PARENT, "CARE")).codes).toEqual(["ACCESS_DENIED"]);
  expect((await ask("{ justificationsAsked { reviewId } }", PARENT, "SUBJECT_RIGHTS")).codes).toEqual([
    "ACCESS_DENIED",
  ]);
});
