// Opens a case in the hub: what an organisation has in its own system about a child becomes its involvement here, and the
// worker who opens it works with the family. The organisation's own system says that there is such a case; a worker's word
// for it is not enough, for it is the relation on which everything else rests (hard deny H1).

import { randomUUID } from "node:crypto";
import type { PoolClient } from "pg";
import { wasDone } from "../../../../shared/database/idempotency";
import { onRecord } from "../../../../shared/database/record-unavailable";
import { ageBandOn } from "../../../../shared/kernel/age-band";
import { toBsn, type Bsn } from "../../../../shared/kernel/bsn";
import type { OrganisationKind, Purpose, WorkerFunction } from "../../../../shared/kernel/codes";
import { SchakelError } from "../../../../shared/kernel/errors";
import { today, type PlainDate } from "../../../../shared/kernel/plain-date";
import type { OwnWord } from "../../../../shared/kernel/own-word";
import type { AnsweredQuestion, Grant, Requester, SourceQuestion } from "../../../../shared/kernel/requester";
import type { OpenedCase } from "../../types/opened-case";
import { changeOnce } from "../change-once";
import { dateOf, invalid } from "../check-input";
import type { Change, FindingStores } from "../families-stores";
import { joinFamily } from "./join-family";
import { newestPseudonym } from "./pseudonyms";

/** What a worker sends. */
export interface NewCase {
  readonly bsn: string;
  readonly birthDate: string;
  readonly idempotencyKey: string;
}

interface Opener {
  readonly at: OrganisationKind;
  readonly as: WorkerFunction;
  readonly for: readonly Purpose[];
}

/** Who has cases of their own, and for what; a reviewer, a duo and an adviser have none, and a referral is not opened so. */
const OPENERS: readonly Opener[] = [
  { at: "LOCAL_TEAM", as: "WORKER", for: ["CARE"] },
  { at: "CERTIFIED_AGENCY", as: "VOLUNTARY_WORKER", for: ["CARE"] },
  { at: "CERTIFIED_AGENCY", as: "GUARDIAN", for: ["MEASURE_EXECUTION"] },
  { at: "CERTIFIED_AGENCY", as: "PROBATION_OFFICER", for: ["MEASURE_EXECUTION"] },
  { at: "SAFE_HOME", as: "ASSESSOR", for: ["SAFETY_ASSESSMENT", "INVESTIGATION"] },
  { at: "CHILD_PROTECTION_BOARD", as: "INVESTIGATOR", for: ["INVESTIGATION"] },
];

function mustOpen({ requester, purpose }: Pick<Grant, "requester" | "purpose">): void {
  const opener = OPENERS.find((one) => one.at === requester.kind && one.as === requester.workerFunction);
  if (!opener) throw new SchakelError("ACCESS_DENIED");
  if (!opener.for.includes(purpose)) throw new SchakelError("ACCESS_DENIED", { purposesNeeded: opener.for });
}

function birthDateOf(text: string, day: PlainDate): PlainDate {
  const birthDate = dateOf("input.birthDate", text);
  if (birthDate > day || ageBandOn({ role: "CHILD", birthDate }, day) === "ADULT") {
    throw invalid("input.birthDate", "the birth date of a child: today or before, less than 18 years ago");
  }
  return birthDate;
}

/**
 * The own system's word goes before the worker's: the age decides who has to consent, for every organisation. Of what it
 * does not have, the worker's word counts.
 */
function checkOwnWord(typed: PlainDate, { birthDate, child }: OwnWord): void {
  if (child === false) throw new SchakelError("PERSON_IS_NO_CHILD");
  if (birthDate !== undefined && birthDate !== typed) throw new SchakelError("BIRTH_DATE_DIFFERS");
}

/**
 * What the own system has to be asked first: does it know somebody with this number, in which case, and born when? The question has
 * an id of its own, which is the person's where the hub has none yet. Counts as a search. Throws ACCESS_DENIED in a
 * function or for a purpose without cases of its own; INPUT_INVALID, SEARCH_LIMIT_REACHED, RECORD_UNAVAILABLE.
 */
export async function prepareCase(
  { pool, pseudonymKeys, searchLimit }: FindingStores,
  { requester, purpose }: Grant,
  input: NewCase,
): Promise<SourceQuestion> {
  mustOpen({ requester, purpose });
  const bsn = toBsn("input.bsn", input.bsn);
  birthDateOf(input.birthDate, today());
  await searchLimit.take(requester);
  const subject = { personId: `P-${randomUUID()}` };
  if (await onRecord(() => wasDone(pool, requester.worker, input.idempotencyKey))) {
    return { subject, people: [] };
  }
  const { pseudonym: key } = newestPseudonym(pseudonymKeys, requester.organisation, bsn);
  return { subject, people: [{ organisation: requester.organisation, key }] };
}

/**
 * Opens the case that the own system answered with, from today. A family that the requester works with already is given
 * as it is. Throws CASE_NOT_FOUND when the own system has none, or may not say; SOURCE_UNAVAILABLE when it did not answer;
 * BIRTH_DATE_DIFFERS and PERSON_IS_NO_CHILD when it says otherwise of the person;
 * CASE_ALREADY_OPEN when colleagues have the family; ACCESS_DENIED, INPUT_INVALID, IDEMPOTENCY_KEY_REUSED,
 * RECORD_UNAVAILABLE.
 */
export function openCase(
  stores: FindingStores,
  { requester, purpose }: Grant,
  input: NewCase,
  { subject, answers }: AnsweredQuestion,
): Promise<Change<OpenedCase>> {
  mustOpen({ requester, purpose });
  const bsn = toBsn("input.bsn", input.bsn);
  const birthDate = birthDateOf(input.birthDate, today());
  const { pseudonym } = newestPseudonym(stores.pseudonymKeys, requester.organisation, bsn);
  // The number itself is no part of what is kept, not even of the hash: all numbers could be tried.
  const asked = { idempotencyKey: input.idempotencyKey, birthDate, pseudonym };
  return changeOnce(stores, requester, "openCase", asked, async (client) => {
    const own = answers.find(({ organisation }) => organisation === requester.organisation);
    if (own?.outcome === "UNAVAILABLE") throw new SchakelError("SOURCE_UNAVAILABLE");
    if (own?.caseReference === undefined) throw new SchakelError("CASE_NOT_FOUND");
    checkOwnWord(birthDate, own);
    const { caseReference } = own;
    return open(client, stores, requester, { bsn, birthDate, caseReference, personId: subject.personId });
  });
}

async function open(
  client: PoolClient,
  { pseudonymKeys }: FindingStores,
  requester: Requester,
  found: {
    readonly bsn: Bsn;
    readonly birthDate: PlainDate;
    readonly caseReference: string;
    readonly personId: string;
  },
): Promise<Change<OpenedCase>> {
  const joined = await joinFamily(client, pseudonymKeys, requester, found);
  return { familyId: joined.familyId, personId: joined.personId, result: joined };
}
