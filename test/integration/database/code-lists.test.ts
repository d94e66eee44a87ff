// The code lists in the database are those in the code.

import * as register from "../../../shared/database/register-codes";
import { AccessAct, AccessOutcome, AccessSubjectType } from "../../../shared/access-log/access-log-entry";
import { SignalKind } from "../../../shared/access-log/review-codes";
import { Authority, Category, FamilyRole, Purpose, WorkerFunction } from "../../../shared/kernel/codes";
import { withDatabase } from "../../kit/database";

const database = withDatabase();

test.each<[string, string, Readonly<Record<string, string>>]>([
  ["hub.family", "status", register.FamilyStatus],
  ["hub.family", "outcome", register.FamilyOutcome],
  ["hub.person", "role", FamilyRole],
  ["hub.authority", "authority", Authority],
  ["hub.assignment", "relation", register.AssignmentRelation],
  ["hub.consent", "categories", Category],
  ["hub.consent", "purpose", Purpose],
  ["hub.consent", "decision", register.ConsentDecision],
  ["hub.consent", "how", register.ConsentHow],
  ["hub.measure", "kind", register.MeasureKind],
  ["hub.investigation", "kind", register.InvestigationKind],
  ["hub.participation", "how", register.ConsentHow],
  ["hub.emergency", "review_outcome", register.EmergencyOutcome],
  ["hub.disclosure", "categories", Category],
  ["hub.disclosure", "purpose", Purpose],
  ["hub.disclosure", "state", register.DisclosureState],
  ["hub.disclosure", "family_told", register.FamilyTold],
  ["hub.task", "cause", register.TaskCause],
  ["hub.task", "state", register.TaskState],
  ["hub.task_event", "action", register.TaskAction],
  ["access_log.signal", "kind", SignalKind],
  ["access_log.entry", "act", AccessAct],
  ["access_log.entry", "outcome", AccessOutcome],
  ["access_log.entry", "worker_function", WorkerFunction],
  ["access_log.entry", "purpose", Purpose],
  ["access_log.entry", "subject_type", AccessSubjectType],
  ["access_log.entry", "categories_delivered", Category],
  ["access_log.entry", "categories_withheld", Category],
])("%s.%s takes exactly the codes of its list", async (table, column, list) => {
  const { rows } = await database.owner.query<{ definition: string }>(
    `select pg_get_constraintdef(c.oid) as definition from pg_constraint c
     join pg_attribute a on a.attrelid = c.conrelid and a.attname = $2
     where c.conrelid = $1::regclass and c.contype = 'c' and c.conkey = array[a.attnum]`,
    [table, column],
  );
  const codes = rows.flatMap(({ definition }) =>
    [...definition.matchAll(/'([A-Z][A-Z0-9_]*)'::text/g)].map(([, code]) => String(code)),
  );
  expect(codes.toSorted()).toEqual(Object.keys(list).toSorted());
});
