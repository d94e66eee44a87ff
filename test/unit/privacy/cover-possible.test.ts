// What is left out as impossible is never what a request has: facts reduced from random records are always possible.

import * as fc from "fast-check";
import type { FamilyRecord } from "../../../shared/database/family-records";
import { Category, HubResource, Purpose } from "../../../shared/kernel/codes";
import { toOrganisationCode, toPersonId, toWorkerId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { regionIssuers } from "../../../shared/region/issuers";
import { loadRegion } from "../../../shared/region/region";
import { spaceFor } from "../../../gateway/privacy/cover/cover";
import { count } from "../../../gateway/privacy/cover/count";
import { YES } from "../../../gateway/privacy/cover/diagrams";
import { possible } from "../../../gateway/privacy/cover/possible";
import type { Facts } from "../../../gateway/privacy/facts";
import { FACT_VALUES } from "../../../gateway/privacy/facts";
import { employs } from "../../../gateway/privacy/purposes";
import { factsOfStranger, HUB_HOLDER, reduceFacts, type Holder } from "../../../gateway/privacy/reduce-facts";
import {
  aConsent,
  aMeasure,
  anAssignment,
  anAuthority,
  anInvestigation,
  anInvolvement,
  aPerson,
  aRecord,
  TODAY,
} from "../../kit/family-records";

const REGION = loadRegion("utrecht");
/** Of another kind there are no facts: all stays closed. */
const KNOWN = REGION.organisations.filter(({ kind }) => kind !== "OTHER");
const CODES = REGION.organisations.map(({ code }) => code as string);
const HOLDERS: readonly Holder[] = [...KNOWN, HUB_HOLDER];
const PEOPLE = ["mother", "father", "child", "sister", "uncle"];
const WORKERS = ["w-1", "w-2", ...PEOPLE];
const RELATIONS = ["ASSIGNED", "STAND_IN", "DUO"] as const;
const MEASURES = ["OTS", "VOTS", "GUARDIANSHIP", "PROBATION", "PLACEMENT"] as const;
const REFERRALS = ["REPORT", "NEW_FACTS", "AGENCY_HANDOVER", "INQUIRY_REQUEST", "HANDOVER_AFTER_ASSESSMENT"];

const code = fc.constantFrom(...CODES);
const person = fc.constantFrom(...PEOPLE);
const purpose = fc.constantFrom(...Object.values(Purpose));
const category = fc.constantFrom(...Object.values(Category));
const some = <T>(item: fc.Arbitrary<T>, maxLength = 3) => fc.array(item, { maxLength });

const born = fc.constantFrom(null, "2020-01-01", "2013-01-01", "2009-06-15", "1990-01-01");
const members = fc
  .tuple(born, born, fc.boolean())
  .map(([child, sister, able]) => [
    aPerson("mother", "PARENT", "1990-01-01", able),
    aPerson("father", "PARENT", "1985-01-01"),
    aPerson("child", "CHILD", child, able),
    aPerson("sister", "CHILD", sister),
    aPerson("uncle", "OTHER", "1970-01-01"),
  ]);

const record: fc.Arbitrary<FamilyRecord> = fc
  .record({
    members,
    authorities: some(
      fc
        .tuple(
          fc.constantFrom("mother", "father"),
          fc.constantFrom("child", "sister"),
          fc.constantFrom("YES", "NO", "UNKNOWN"),
        )
        .map(([parent, child, authority]) => anAuthority(parent, child, authority)),
    ),
    involvements: fc
      .tuple(...CODES.map(() => fc.constantFrom("no", "yes", "drang")))
      .map((words) =>
        CODES.flatMap((one, place) =>
          words[place] === "no" ? [] : [anInvolvement(one, { drang: words[place] === "drang" })],
        ),
      ),
    assignments: some(
      fc
        .tuple(code, fc.constantFrom(...WORKERS), fc.constantFrom(...RELATIONS))
        .map(([one, worker, relation]) => anAssignment(one, { worker, relation })),
      5,
    ),
    consents: some(
      fc
        .record({
          about: person,
          by: person,
          holder: code.map(toOrganisationCode),
          recipient: fc.constantFrom(...CODES, "family").map(toOrganisationCode),
          decision: fc.constantFrom("GIVEN" as const, "REFUSED" as const),
          explicit: fc.boolean(),
          purpose,
          withdrawnAt: fc.constantFrom(null, "2026-02-01T10:00:00Z"),
        })
        .map(({ about, by, ...parts }) =>
          aConsent(about, by, { ...parts, categories: Object.values(Category) }),
        ),
      8,
    ),
    measures: some(
      fc
        .tuple(fc.constantFrom("child", "sister"), code, fc.constantFrom(...MEASURES))
        .map(([child, one, kind]) => aMeasure(child, one, { kind })),
    ),
    investigations: some(
      fc
        .tuple(code, fc.constantFrom("ASSESSMENT" as const, "INVESTIGATION" as const, "REVIEW" as const))
        .map(([one, kind]) => anInvestigation(one, kind)),
    ),
    participations: some(
      fc.constant({ fromOn: toPlainDate("2026-01-01"), untilOn: null, withdrawnAt: null }),
      1,
    ),
    emergencies: some(
      fc.record({
        organisation: code.map(toOrganisationCode),
        workerId: fc.constantFrom(...WORKERS).map(toWorkerId),
        withHealth: fc.boolean(),
        running: fc.boolean(),
      }),
    ),
    disclosures: some(
      fc.record({
        personId: fc.option(person.map(toPersonId)),
        holder: code.map(toOrganisationCode),
        recipient: code.map(toOrganisationCode),
        recipientWorker: fc.constantFrom(...WORKERS).map(toWorkerId),
        purpose,
        categories: some(category),
        grantedUntil: fc.constant(toPlainDate("2026-12-31")),
      }),
    ),
    referrals: some(
      fc.record({
        type: fc.constantFrom(...REFERRALS),
        sender: code.map(toOrganisationCode),
        receiver: code.map(toOrganisationCode),
        accepted: fc.boolean(),
        completed: fc.boolean(),
        content: fc.constant(null),
      }),
    ),
    meetings: some(
      fc.record({
        participants: some(code.map(toOrganisationCode), 5),
        plannedOn: fc.constant(toPlainDate("2026-06-01")),
        heldOn: fc.constant(toPlainDate("2026-06-30")),
      }),
      1,
    ),
  })
  .map((parts) => aRecord(parts));

/** Mostly someone in a function that the employer can have; often a member of a family. */
const requester: fc.Arbitrary<Requester> = fc
  .oneof(
    {
      weight: 2,
      arbitrary: fc.constantFrom(...regionIssuers(REGION).filter(({ kind }) => kind !== "OTHER")),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(...regionIssuers(REGION).filter(({ kind }) => kind === "FAMILY")),
    },
  )
  .chain(({ code: organisation, kind, legalEntity }) =>
    fc.record({
      organisation: fc.constant(toOrganisationCode(organisation)),
      kind: fc.constant(kind),
      legalEntity: fc.constant(legalEntity),
      worker: fc.constantFrom(...(kind === "FAMILY" ? PEOPLE : WORKERS)).map(toWorkerId),
      workerFunction: fc.oneof(
        fc.constantFrom(...FACT_VALUES.requesterFunction.filter((one) => employs(kind, one))),
        fc.constantFrom(...FACT_VALUES.requesterFunction),
      ),
    }),
  );

const space = spaceFor();
const real = possible(space);
const isPossible = (facts: Facts): boolean => space.leafAt(real, facts) === YES;

test("facts about a person of a family are possible, whatever the records say", () => {
  const related = new Set<string>();
  fc.assert(
    fc.property(
      fc.record({
        record,
        requester,
        purpose,
        category,
        subjectPersonId: person.map(toPersonId),
        holder: fc.constantFrom(...HOLDERS),
        unreviewedEmergency: fc.boolean(),
        readBefore: fc.boolean(),
      }),
      (asked) => {
        const subject = { type: "Person", id: asked.subjectPersonId } as const;
        const facts = reduceFacts({ ...asked, subject, today: TODAY });
        related.add(facts.relation);
        expect({ facts, possible: isPossible(facts) }).toEqual({ facts, possible: true });
      },
    ),
    // Often enough that even the rarest relation, a running emergency without a closer one, comes up in every run.
    { numRuns: 20_000 },
  );
  expect([...related].toSorted()).toEqual([...FACT_VALUES.relation].toSorted());
});

test("facts about what the hub itself holds are possible, also of the part that it keeps for the requester", () => {
  fc.assert(
    fc.property(
      requester,
      purpose,
      fc.constantFrom(...Object.values(HubResource)),
      fc.boolean(),
      (who, what, resource, own) => {
        const holder: Holder = own
          ? { code: who.organisation, kind: "HUB", legalEntity: who.legalEntity }
          : HUB_HOLDER;
        const facts = factsOfStranger({ requester: who, purpose: what, holder, category: resource });
        expect({ facts, possible: isPossible(facts) }).toEqual({ facts, possible: true });
      },
    ),
  );
});

test("most combinations are not possible", () => {
  expect(count(space.diagrams, real) * 10n).toBeLessThan(space.size);
});
