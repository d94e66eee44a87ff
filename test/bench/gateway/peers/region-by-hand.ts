// The work of the region, done by hand: the register of families first, then every organisation at once.

import { ORGANISATION_FIELDS, FAMILY_PARTS, PERSON_PARTS } from "../../../kit/view";
import { kept } from "../../kit/hub/view";
import { INVOLVED, LISTED, PAGE } from "../works";
import type { Ask, ByHand } from "./by-hand";

interface Subject {
  readonly id: string;
  [field: string]: unknown;
}
interface Household extends Subject {
  readonly members: Subject[];
}

const FAMILY_QUERY = "query ($id: ID!) { family(id: $id) { id members { id role ageBand } } }";
const CASELOAD_QUERY = `query ($first: Int!, $after: String) { caseload(first: $first, after: $after) { edges { node { ${LISTED} } } ${PAGE} } }`;
const FIND_QUERY = "query ($bsn: String!) { findFamily(bsn: $bsn) { id } }";

/** The field that each organisation adds, and the name of its subgraph. */
const ORGANISATIONS = ORGANISATION_FIELDS.map((field) => ({
  field,
  subgraph: field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
}));

function questionsOf(
  type: "Family" | "Person",
  parts: string,
): { field: string; subgraph: string; query: string }[] {
  return ORGANISATIONS.map(({ field, subgraph }) => ({
    field,
    subgraph,
    query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${field} { ${parts} } } } }`,
  }));
}

const OF_FAMILY = questionsOf("Family", kept(FAMILY_PARTS));
const OF_PERSON = questionsOf("Person", kept(PERSON_PARTS));
const OF_INVOLVED = questionsOf("Family", INVOLVED);

/** Asks every organisation about some subjects, and puts what it says on them. */
async function complete(ask: Ask, type: string, subjects: readonly Subject[], questions: typeof OF_FAMILY) {
  const of = subjects.map(({ id }) => ({ __typename: type, id }));
  await Promise.all(
    questions.map(async ({ field, subgraph, query }) => {
      const { _entities: found } = await ask(subgraph, query, { of });
      for (const [index, one] of (found as Record<string, unknown>[]).entries()) {
        const subject = subjects[index];
        if (subject) subject[field] = one[field];
      }
    }),
  );
}

/** By the name of the operation. */
export const regionByHand: Readonly<Record<string, ByHand>> = {
  View: async (ask, variables) => {
    const { family } = await ask("families", FAMILY_QUERY, variables);
    const household = family as Household;
    await Promise.all([
      complete(ask, "Family", [household], OF_FAMILY),
      complete(ask, "Person", household.members, OF_PERSON),
    ]);
    return { family };
  },
  Caseload: async (ask, variables) => {
    const { caseload } = await ask("families", CASELOAD_QUERY, variables);
    const { edges } = caseload as { edges: { node: Household }[] };
    const households = edges.map(({ node }) => node);
    await complete(ask, "Family", households, OF_INVOLVED);
    return { caseload };
  },
  KnownHere: async (ask, variables) => {
    const { findFamily } = await ask("families", FIND_QUERY, variables);
    await complete(ask, "Family", [findFamily as Subject], OF_INVOLVED);
    return { findFamily };
  },
};
