// Asks for dossiers as the gateway does: by references, with a grant that names each subject and its categories.

import { getNamedType, isObjectType } from "graphql";
import { Category } from "../../../shared/kernel/codes";
import type { GrantedSubject } from "../../../shared/kernel/requester";
import { askWith, type Readable } from "./checked";
import { selectAll } from "./select-all";
import { dossierOf, entitiesOf, type Answer, type Sent } from "./target";

/** All categories. */
export const ALL_CATEGORIES = Object.keys(Category) as Category[];

/** A dossier, or null. */
export type Dossier = Readonly<Record<string, unknown>> | null;

/** Everything of one type that a subgraph gives, as the text of a selection. */
export function everythingOf(
  { schema, organisation: { field } }: Readable,
  type: GrantedSubject["type"],
): string {
  const subject = schema.getType(type);
  const dossier = isObjectType(subject) ? getNamedType(subject.getFields()[field]?.type) : undefined;
  const selection = dossier && selectAll(schema, dossier);
  return selection === undefined ? "id" : `id ${field} ${selection}`;
}

/** The query for these references. */
export const queryFor = (type: GrantedSubject["type"], selection: string, ids: readonly string[]): Sent => ({
  query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename ... on ${type} { ${selection} } } }`,
  variables: { representations: ids.map((id) => ({ __typename: type, id })) },
});

/** Asks everything of these subjects, in this order. */
export async function askEverything(
  readable: Readable,
  subjects: readonly GrantedSubject[],
): Promise<{ answer: Answer; dossiers: Dossier[] }> {
  const type = subjects[0]?.type ?? "Family";
  const sent = queryFor(
    type,
    everythingOf(readable, type),
    subjects.map((one) => one.id),
  );
  const granted = [...new Map(subjects.map((one) => [one.id, one])).values()];
  const answer = await askWith(readable, sent, granted);
  const dossiers = entitiesOf(answer).map((one) => dossierOf(one, readable.organisation.field));
  return { answer, dossiers };
}

/** Does a dossier hold anything at all? */
export const isFilled = (dossier: Dossier | undefined): boolean =>
  dossier !== null &&
  dossier !== undefined &&
  Object.entries(dossier).some(([name, value]) => name !== "__typename" && value !== null);
