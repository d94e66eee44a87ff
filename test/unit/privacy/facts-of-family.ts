// Facts of small families, for the tests of how dated records become facts.

import type { FamilyRecord } from "../../../shared/database/family-records";
import type { Category, Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { toFamilyId, toOrganisationCode, toPersonId, toWorkerId } from "../../../shared/kernel/ids";
import { toPlainDate } from "../../../shared/kernel/plain-date";
import type { Requester, Subject } from "../../../shared/kernel/requester";
import { HUB_HOLDER, reduceFacts } from "../../../gateway/privacy/reduce-facts";
import {
  aHolder,
  anAuthority,
  anInvolvement,
  aPerson,
  aRecord,
  aRequester,
  TODAY,
} from "../../kit/family-records";

export const YESTERDAY = toPlainDate("2026-06-14");
export const TOMORROW = toPlainDate("2026-06-16");

/** A family of two parents and two children, known to three organisations. */
export const family = (parts: Partial<FamilyRecord> = {}) =>
  aRecord({
    members: [
      aPerson("mother", "PARENT", "1990-01-01"),
      aPerson("father", "PARENT", "1988-01-01"),
      aPerson("eldest", "CHILD", "2013-01-01"),
      aPerson("youngest", "CHILD", "2018-01-01"),
    ],
    authorities: [
      anAuthority("mother", "eldest", "YES"),
      anAuthority("mother", "youngest", "YES"),
      anAuthority("father", "youngest", "NO"),
    ],
    involvements: [anInvolvement("lokalis"), anInvolvement("save"), anInvolvement("veilig-thuis")],
    ...parts,
  });

/** A member of the family as the requester. */
export const aMember = (worker: string, workerFunction: WorkerFunction): Requester => ({
  worker: toWorkerId(worker),
  organisation: toOrganisationCode("family"),
  kind: "FAMILY",
  legalEntity: "family",
  workerFunction,
});

/** What is asked, and by whom. */
export interface Asked {
  readonly requester?: Requester;
  readonly purpose?: Purpose;
  readonly about?: string;
  readonly holder?: string;
  readonly household?: boolean;
  readonly category?: Category;
  readonly unreviewed?: boolean;
  readonly readBefore?: boolean;
}

/** The facts of one question about a family. */
export function factsOf(record: FamilyRecord, asked: Asked = {}) {
  const about = asked.about ?? "eldest";
  const subject: Subject = asked.household
    ? { type: "Family", id: toFamilyId("FAM-1") }
    : { type: "Person", id: toPersonId(about) };
  return reduceFacts({
    requester: asked.requester ?? aRequester("lokalis", "WORKER"),
    purpose: asked.purpose ?? "CARE",
    record,
    subjectPersonId: about,
    subject,
    holder: asked.holder === "hub" ? HUB_HOLDER : aHolder(asked.holder ?? "save"),
    category: asked.category ?? "CARE_PLAN",
    today: TODAY,
    unreviewedEmergency: asked.unreviewed ?? false,
    readBefore: asked.readBefore ?? false,
  });
}
