// What a referral can bring along is what the rules open for it: no less, and nothing that they would close again.

import { loadDecider } from "../../../gateway/policy-files";
import { FACT_VALUES, type Facts } from "../../../gateway/privacy/facts";
import { exchangeOf } from "../../../gateway/privacy/exchange-facts";
import { Category, OrganisationKind, type Purpose, type WorkerFunction } from "../../../shared/kernel/codes";
import { toOrganisationCode, toPersonId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import { selectable } from "../../../subgraphs/referrals/source/content";
import { REFERRAL_TYPES, ROUTES, type ReferralType } from "../../../subgraphs/referrals/source/routes";
import { aRecord } from "../../kit/family-records";

const decider = loadDecider();
const categories = Object.keys(Category) as Category[];
const purposeOf = (type: ReferralType): Purpose =>
  type === "REPORT" ? "SAFETY_ASSESSMENT" : type === "NEW_FACTS" ? "MEASURE_EXECUTION" : "REFERRAL";

/** What is under way while a referral of this type waits, from its sender to its receiver. */
const exchange = (type: ReferralType) =>
  exchangeOf(
    aRecord({
      referrals: [
        {
          type,
          sender: toOrganisationCode("one"),
          receiver: toOrganisationCode("other"),
          accepted: false,
          completed: false,
          content: null,
        },
      ],
    }),
    {
      holder: "one",
      recipient: "other",
      purpose: purposeOf(type),
      personId: toPersonId("somebody"),
      category: "SAFETY",
      relation: "REFERRED",
    },
    toPlainDate("2026-06-15"),
  );

/** Who reads what was sent to an organisation of a kind. */
const READERS: Readonly<Partial<Record<OrganisationKind, readonly WorkerFunction[]>>> = {
  LOCAL_TEAM: ["WORKER"],
  SAFE_HOME: ["ASSESSOR"],
  CERTIFIED_AGENCY: ["VOLUNTARY_WORKER", "GUARDIAN"],
  CHILD_PROTECTION_BOARD: ["INVESTIGATOR", "REVIEWER"],
};

/** Is there anybody at a receiver to whom this is open, by the referral alone? */
function isOpened(type: ReferralType, holderKind: OrganisationKind, category: Category): boolean {
  return ROUTES[type].to.some((requesterKind) =>
    (READERS[requesterKind] ?? []).some((requesterFunction) =>
      FACT_VALUES.framework.some((framework) =>
        (["NONE", "SUBJECT"] as const).some((measureByRequester) => {
          const facts: Facts = {
            requesterKind: requesterKind as Facts["requesterKind"],
            requesterFunction,
            holderKind: holderKind as Facts["holderKind"],
            sameOrganisation: false,
            sameLegalEntity: false,
            category,
            purpose: purposeOf(type),
            subjectRole: "CHILD",
            ageBand: "UNDER_12",
            framework,
            drang: false,
            measureByRequester,
            measureByHolder: false,
            investigation: false,
            consent: "ABSENT",
            consentExplicit: false,
            relation: "REFERRED",
            earlierInvolvement: false,
            participation: false,
            duoPartner: false,
            exchange: exchange(type),
            emergency: "NONE",
            disclosure: false,
          };
          return decider.decide(facts).outcome === "PERMIT";
        }),
      ),
    ),
  );
}

test.each(REFERRAL_TYPES.flatMap((type) => ROUTES[type].from.map((from) => [type, from] as const)))(
  "%s from %s brings along what the rules open",
  (type, from) => {
    const brings = exchange(type) !== "NONE";
    const opened = categories.filter((category) => brings && isOpened(type, from, category));
    expect([...selectable(type, from)].toSorted()).toEqual(opened.toSorted());
  },
);

test("never brings along who reported, a secret address, or what the police gave", () => {
  for (const type of REFERRAL_TYPES) {
    for (const kind of Object.keys(OrganisationKind) as OrganisationKind[]) {
      expect(selectable(type, kind)).not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(REPORTER|SECRET_ADDRESS|CRIMINAL)$/)]),
      );
    }
  }
});
