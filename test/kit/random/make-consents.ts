// Makes up what people said about sharing: rounds of asking, in which most say the same and some do not.

import { Category, type Purpose } from "../../../shared/kernel/codes";
import type { Organisation } from "../../../shared/region/region";
import type { AuthorityRow, ConsentRow, PersonRow } from "../../oracle/world";
import type { Chance } from "./chance";
import { dayFrom, momentFrom, uuidOf, type Present } from "./moments";

/** The recipient of what members of a family ask for themselves. */
export const FAMILY = "family";

const ALL = Object.keys(Category) as Category[];

/** Who asks consent of whom for what; a kind that is left out is any. */
interface Route {
  readonly recipient?: string;
  readonly holder?: string;
  readonly purpose: Purpose;
}

const ROUTES: readonly (readonly [weight: number, route: Route])[] = [
  [6, { recipient: "LOCAL_TEAM", holder: "CERTIFIED_AGENCY", purpose: "CARE" }],
  [4, { recipient: "LOCAL_TEAM", purpose: "CARE" }],
  [4, { recipient: "CERTIFIED_AGENCY", holder: "LOCAL_TEAM", purpose: "CONSULT" }],
  [2, { recipient: "CERTIFIED_AGENCY", holder: "LOCAL_TEAM", purpose: "CARE" }],
  [4, { recipient: "CHILD_PROTECTION_BOARD", holder: "LOCAL_TEAM", purpose: "INVESTIGATION" }],
  [2, { recipient: "CHILD_PROTECTION_BOARD", holder: "CERTIFIED_AGENCY", purpose: "INVESTIGATION" }],
  [2, { recipient: "SAFE_HOME", holder: "LOCAL_TEAM", purpose: "SAFETY_ASSESSMENT" }],
  [4, { holder: "LOCAL_TEAM", purpose: "REFERRAL" }],
  [2, { holder: "CERTIFIED_AGENCY", purpose: "REFERRAL" }],
  [5, { recipient: FAMILY, purpose: "SUBJECT_RIGHTS" }],
  [3, { purpose: "CARE" }],
];

/** Days that were agreed, or are over, or have not begun. */
function validity(chance: Chance, present: Present) {
  return chance.weighted([
    [10, { validFrom: dayFrom(present, -chance.whole(0, 200)), validUntil: null }],
    [3, { validFrom: dayFrom(present, -100), validUntil: dayFrom(present, chance.whole(0, 60)) }],
    [0.7, { validFrom: dayFrom(present, -100), validUntil: dayFrom(present, -chance.whole(1, 30)) }],
    [0.4, { validFrom: dayFrom(present, chance.whole(1, 20)), validUntil: null }],
  ]);
}

/** The mood of a round: how often of a hundred someone says yes, and says nothing. */
interface Mood {
  readonly yes: number;
  readonly silent: number;
}

const MOODS: readonly (readonly [weight: number, mood: Mood])[] = [
  [5, { yes: 100, silent: 0 }],
  [3, { yes: 85, silent: 30 }],
  [2, { yes: 50, silent: 60 }],
];

/** A round of asking. */
interface Round {
  readonly holder: string;
  readonly recipient: string;
  readonly purpose: Purpose;
  readonly categories: readonly Category[];
  readonly explicit: boolean;
  readonly hour: number;
  readonly mood: Mood;
}

function makeRound(chance: Chance, organisations: readonly Organisation[]): Round {
  const route = chance.weighted(ROUTES);
  const of = (kind: string | undefined, but: string): string =>
    chance.pick(organisations.filter((one) => (kind ?? one.kind) === one.kind && one.code !== but)).code;
  const recipient = route.recipient === FAMILY ? FAMILY : of(route.recipient, "");
  return {
    recipient,
    holder:
      route.holder === "LOCAL_TEAM" && recipient === "lokalis"
        ? of("CERTIFIED_AGENCY", "")
        : of(route.holder, recipient),
    purpose: route.purpose,
    categories: chance.percent(60) ? ALL : [chance.pick(ALL), ...chance.some(ALL, 40)],
    explicit: chance.percent(60),
    hour: -chance.whole(1, 4_000),
    mood: chance.weighted(MOODS),
  };
}

/** Says of one member of the family what one giver said. */
function statementOf(
  chance: Chance,
  present: Present,
  round: Round,
  personId: string,
  givenBy: string,
): ConsentRow {
  const isYes = chance.percent(round.mood.yes);
  const isWithdrawn = chance.percent(round.mood.yes === 100 ? 2 : 10);
  return {
    id: uuidOf(chance),
    personId,
    givenBy,
    holder: round.holder,
    recipient: round.recipient,
    categories: [...new Set(round.categories)],
    purpose: round.purpose,
    decision: isYes ? "GIVEN" : "REFUSED",
    explicit: round.explicit && chance.percent(95),
    how: "WRITTEN",
    ...(round.mood.yes === 100 && chance.percent(95)
      ? { validFrom: dayFrom(present, -200), validUntil: null }
      : validity(chance, present)),
    recordedBy: "someone",
    recordedByOrganisation: round.holder,
    recordedAt: momentFrom(present, round.hour),
    withdrawnAt: isWithdrawn ? momentFrom(present, Math.min(round.hour + 2, -0.5)) : null,
    withdrawnBy: isWithdrawn ? "someone" : null,
  };
}

/** Makes up the statements of a household. */
export function makeConsents(
  chance: Chance,
  present: Present,
  persons: readonly PersonRow[],
  authority: readonly AuthorityRow[],
  organisations: readonly Organisation[],
): ConsentRow[] {
  const rounds = Array.from({ length: chance.whole(10, 20) }, () => makeRound(chance, organisations));
  return rounds.flatMap((round) =>
    persons.flatMap((person): ConsentRow[] => {
      // Who has authority may live elsewhere; a parent without any says something too.
      const withAuthority = authority.filter((one) => one.childId === person.id).map((one) => one.parentId);
      const parents = persons.filter((one) => one.role === "PARENT" && chance.percent(40));
      const givers = new Set([person.id, ...withAuthority, ...parents.map((one) => one.id)]);
      const said = [...givers]
        .filter(() => !chance.percent(round.mood.silent))
        .map((giver) => statementOf(chance, present, round, person.id, giver));
      // Now and then somebody said two things at the same moment.
      const [first] = said;
      return first && first.withdrawnAt === null && first.validUntil === null && chance.percent(4)
        ? [
            ...said,
            { ...first, id: uuidOf(chance), decision: first.decision === "GIVEN" ? "REFUSED" : "GIVEN" },
          ]
        : said;
    }),
  );
}
