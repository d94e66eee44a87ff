// What an organisation tells the hub of somebody about whom its own worker opens a case, beside the case itself: it stands
// between a worker's mistake and the rules about age.

import type { PersonDossierData } from "../contract/dossiers/person-dossier";
import type { Category } from "../kernel/codes";
import { toldCategories, type OwnWord } from "../kernel/own-word";
import { toPlainDate, type PlainDate } from "../kernel/plain-date";
import type { GrantedSubject } from "../kernel/requester";
import { isChildRole } from "../sources/code-text";
import type { RequestDeliveries } from "./deliveries/request-deliveries";
import type { LocalRuling } from "./local-rules";

/** Where a birth date and a role belong. */
const CATEGORIES: readonly Category[] = ["IDENTITY", "HOUSEHOLD"];

/**
 * Birth date and whether it is a child, out of a dossier that is there; what the organisation's own rules refuse, and what it
 * does not have, is left out. What is told is put into `taken`.
 */
export function tellOwnWord(
  { identity, householdRole, marks }: PersonDossierData,
  subject: GrantedSubject,
  ruling: LocalRuling,
  taken: Pick<RequestDeliveries, "gaveBeside">,
): OwnWord {
  const asked = { ...subject, categories: CATEGORIES };
  const refused = new Map([...ruling.onRequest(asked), ...ruling.onRecord(asked, marks ?? [])]);
  const birthDate = refused.has("IDENTITY") ? undefined : dateIn(identity?.birthDate);
  const child = refused.has("HOUSEHOLD") ? undefined : isChildRole(householdRole?.roleCode ?? null);
  const word: OwnWord = {
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(child === undefined ? {} : { child }),
  };
  taken.gaveBeside(subject, toldCategories(word));
  return word;
}

/** A text of a source that is no date is as good as none. */
function dateIn(text: string | null | undefined): PlainDate | undefined {
  try {
    return toPlainDate(text ?? "");
  } catch {
    return undefined;
  }
}
