// The view that is measured: one family as five organisations know it, without what stays closed whatever the ground.

import { CATEGORY_OF, FAMILY_PARTS, ORGANISATION_FIELDS, PERSON_PARTS } from "../../../kit/view";

/** Closed or held for everybody but its holder (rows 30, 32 and 63): with these nothing could be compared. */
const LEFT_OUT: readonly string[] = ["REPORTER", "CRIMINAL", "SECRET_ADDRESS"];

/** The parts of a dossier, one per line, that this view asks for. */
export const kept = (parts: string): string =>
  parts
    .split("\n")
    .filter((line) => !LEFT_OUT.includes(CATEGORY_OF[/\w+/.exec(line)?.[0] ?? ""] ?? ""))
    .join("\n");

/** What each benchmark of a view asks, with the id of a family as `$id`. */
export const VIEW = `
  query View($id: ID!) {
    family(id: $id) {
      id
      ${ORGANISATION_FIELDS.map((field) => `${field} { ...FamilyParts }`).join("\n")}
      members {
        id role ageBand
        ${ORGANISATION_FIELDS.map((field) => `${field} { ...PersonParts }`).join("\n")}
      }
    }
  }
  fragment FamilyParts on FamilyDossier { ${kept(FAMILY_PARTS)} }
  fragment PersonParts on PersonDossier { ${kept(PERSON_PARTS)} }
`;
