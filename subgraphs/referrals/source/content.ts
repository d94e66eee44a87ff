// What goes with a referral: categories per person that the receiver may read at the sender. A selection, never a copy.

import type { PoolClient } from "pg";
import type { Category, OrganisationKind } from "../../../shared/kernel/codes";
import { SchakelError } from "../../../shared/kernel/errors";
import type { ReferralId } from "../../../shared/kernel/ids";
import { TODAY } from "./find-referrals";
import { ROUTES, type ReferralType } from "./routes";

/** What a worker selects of one person. */
export interface SelectedContent {
  readonly personId: string;
  readonly categories: readonly Category[];
}

/** What can be selected: what the decision table opens at this kind of sender for this type. Sealed categories never are. */
export const selectable = (type: ReferralType, sender: OrganisationKind): readonly Category[] =>
  ROUTES[type].opens[sender] ?? [];

const refuse = (expected: string): never => {
  throw new SchakelError("INPUT_INVALID", { argument: "input.content", expected });
};

/**
 * Stores what goes with a new referral: what is selected, or all that its route opens of everybody whom it is about when
 * nothing is said. Those are the children of the referral and the others of the household. Throws INPUT_INVALID for another
 * person (of another household or not there: the two cannot be told apart), and for a category that the route does not
 * open. Its children must be there already, its history not yet.
 */
export async function selectContent(
  client: PoolClient,
  referral: { readonly id: ReferralId; readonly familyId: string; readonly type: ReferralType },
  sender: OrganisationKind,
  selected: readonly SelectedContent[] | null | undefined,
): Promise<void> {
  const possible = selectable(referral.type, sender);
  const persons = await personsOf(client, referral);
  const chosen = selected ?? persons.map((personId) => ({ personId, categories: possible }));
  for (const { personId, categories } of chosen) {
    if (!persons.some((one) => one === personId)) {
      refuse("persons of the household: its adults and the children whom the referral is about");
    }
    if (!categories.every((category) => possible.includes(category))) {
      refuse(
        possible.length > 0
          ? `categories out of ${possible.join(", ")}`
          : "nothing: this referral opens no data",
      );
    }
  }
  const rows = chosen.flatMap(({ personId, categories }) =>
    categories.map((category) => ({ personId, category })),
  );
  await client.query(
    `insert into hub.referral_content (referral_id, person_id, category)
     select distinct $1::uuid, s.* from unnest($2::text[], $3::text[]) as s`,
    [referral.id, rows.map(({ personId }) => personId), rows.map(({ category }) => category)],
  );
}

/** Whom a referral is about, by id: of the children of the household only its own. */
async function personsOf(
  client: PoolClient,
  { id, familyId }: { readonly id: ReferralId; readonly familyId: string },
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `select p.id from hub.person p
     where (p.family_id = $1 or exists (select from hub.second_household h
         where h.person_id = p.id and h.family_id = $1
           and h.from_on <= ${TODAY} and (h.until_on is null or h.until_on >= ${TODAY})))
       and (p.role <> 'CHILD'
         or exists (select from hub.referral_child k where k.referral_id = $2 and k.person_id = p.id))
     order by p.id`,
    [familyId, id],
  );
  return rows.map((one) => one.id);
}
