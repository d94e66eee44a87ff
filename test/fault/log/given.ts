// What an answer gives out of dossiers, read off the answer alone.

import type { Answer } from "../../kit/hub";
import { CATEGORY_OF, ORGANISATION_FIELDS } from "../../kit/view";

interface Holder {
  readonly id: string;
  readonly [organisation: string]: unknown;
}

/** `veiligThuis` -> `veilig-thuis`. */
const sourceOf = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** One line for each source, subject and category, as `given` writes it. Nothing for what is not a view. */
export function givenIn({ body }: Answer): string[] {
  const family = body.data?.["family"] as
    (Holder & { readonly members?: readonly Holder[] | null }) | null | undefined;
  if (!family) return [];
  const found = [family, ...(family.members ?? [])].flatMap((holder) =>
    ORGANISATION_FIELDS.flatMap((field) =>
      Object.entries((holder[field] ?? {}) as Record<string, unknown>).flatMap(([part, value]) => {
        const category = CATEGORY_OF[part];
        return value === null || category === undefined ? [] : [given(sourceOf(field), holder.id, category)];
      }),
    ),
  );
  return [...new Set(found)].toSorted();
}

/** A category of a subject that a source gave. */
export const given = (source: string, subjectId: string, category: string): string =>
  `${source} ${subjectId} ${category}`;
