// The independent test of the board: who may open it, what the refusal says, and the certificate that goes with it.

import { randomUUID } from "node:crypto";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { loadRequesterRecord } from "../../../shared/database/requester-records";
import { toFamilyId } from "../../../shared/kernel/ids";
import { today } from "../../../shared/kernel/plain-date";
import type { Requester } from "../../../shared/kernel/requester";
import { closeInvestigation, openInvestigation } from "../../../subgraphs/families/source/investigations";
import { INDEPENDENCE_RULE, LOOKED_AT } from "../../../subgraphs/families/source/independence";
import { planMeeting } from "../../../subgraphs/families/source/meetings";
import { readPolicyFiles } from "../../../gateway/policy-files";
import { anEntry } from "../../kit/access-log-entries";
import { aRequester } from "../../kit/requesters";
import { aKey, daysFromToday, withContract, withRegister } from "./arrange";

const register = withRegister();
const ask = withContract(register);
let reviewers = 0;

/** A worker of the board whom nobody knows, with a family to test. */
async function arrange(
  from = today() as string,
): Promise<{ readonly reviewer: Requester; readonly familyId: string }> {
  const reviewer = aRequester(`rvdk.reviewer-${(reviewers += 1)}`, "REVIEWER");
  const familyId = `T-${randomUUID()}`;
  const { owner } = register.database;
  await owner.query(
    "insert into hub.family (id, status, inflow, opened_on) values ($1, 'OPEN', 'LOKALIS', '2026-01-05')",
    [familyId],
  );
  await owner.query(
    "insert into hub.involvement (family_id, organisation, case_reference, began_on) values ($1, 'rvdk', $2, '2026-01-05')",
    [familyId, `C-${reviewers}`],
  );
  await assign(familyId, reviewer.worker, from);
  return { reviewer, familyId };
}

const assign = (familyId: string, worker: string, from: string, until: string | null = null) =>
  register.database.owner.query(
    `insert into hub.assignment (id, family_id, organisation, worker_id, relation, from_on, until_on)
     values ($1, $2, 'rvdk', $3, 'ASSIGNED', $4, $5)`,
    [randomUUID(), familyId, worker, from, until],
  );
const open = (requester: Requester, familyId: string) =>
  openInvestigation(register.stores(), requester, { familyId, kind: "REVIEW", ...aKey() });
const read = (reader: Requester, familyId: string, change: Parameters<typeof anEntry>[0] = {}) =>
  createAccessLogWriter(register.database.pool, { deadlineMs: 10_000 }).write([
    anEntry({
      worker: reader.worker,
      organisation: reader.organisation,
      workerFunction: "INVESTIGATOR",
      purpose: "INVESTIGATION",
      subjectId: familyId,
      familyId: toFamilyId(familyId),
      ...change,
    }),
  ]);
const lastPosition = async (): Promise<string> => {
  const { rows } = await register.database.owner.query<{ last: string }>(
    "select coalesce(max(last_position), 0)::text as last from access_log.batch",
  );
  return rows[0]?.last ?? "";
};

test("is opened with a certificate: what was looked for, until where in the log, by which rule", async () => {
  const { reviewer, familyId } = await arrange();
  await read(aRequester("rvdk.somebody", "INVESTIGATOR"), familyId);
  const position = await lastPosition();
  const { result } = await open(reviewer, familyId);
  expect(result.certificate).toEqual({
    worker: reviewer.worker,
    lookedAt: LOOKED_AT,
    logPosition: position,
    rule: INDEPENDENCE_RULE,
    checkedAt: expect.any(String) as string,
  });
  const shown = await ask(
    reviewer,
    `{ _entities(representations: [{ __typename: "Family", id: "${familyId}" }]) { ... on Family {
      investigations { kind certificate { worker lookedAt logPosition rule checkedAt } } } } }`,
    "INDEPENDENT_REVIEW",
  );
  expect(shown.data).toMatchObject({
    _entities: [
      {
        investigations: [{ kind: "REVIEW", certificate: { worker: reviewer.worker, logPosition: position } }],
      },
    ],
  });
});

test("names a rule that the gateway has", () => {
  expect(JSON.stringify(readPolicyFiles())).toContain(`@id(\\"${INDEPENDENCE_RULE}\\")`);
});

test("another examination has no certificate", async () => {
  const investigator = aRequester("rvdk.inquirer", "INVESTIGATOR");
  const { familyId } = await arrange();
  await assign(familyId, investigator.worker, today());
  const { result } = await openInvestigation(register.stores(), investigator, {
    familyId,
    kind: "INVESTIGATION",
    ...aKey(),
  });
  expect(result.certificate).toBeNull();
});

describe("is refused, with how and since when,", () => {
  const refusal = async (reviewer: Requester, familyId: string): Promise<unknown> =>
    open(reviewer, familyId).catch((error: { code: string; details: unknown }) => ({
      code: error.code,
      details: error.details,
    }));
  const refused = (...earlier: readonly (readonly [kind: string, since: string])[]) => ({
    code: "REVIEWER_NOT_INDEPENDENT",
    details: { earlier: earlier.map(([kind, since]) => ({ kind, since })) },
  });

  test("to who was assigned before today", async () => {
    const { reviewer, familyId } = await arrange(daysFromToday(-3));
    expect(await refusal(reviewer, familyId)).toEqual(refused(["ASSIGNMENT", daysFromToday(-3)]));
  });

  test("to who had the family long ago, and is assigned for the review today", async () => {
    const { reviewer, familyId } = await arrange();
    await assign(familyId, reviewer.worker, daysFromToday(-400), daysFromToday(-300));
    expect(await refusal(reviewer, familyId)).toEqual(refused(["ASSIGNMENT", daysFromToday(-400)]));
  });

  test("to who was in a team that had the family", async () => {
    const { reviewer, familyId } = await arrange();
    const { owner } = register.database;
    const team = `t${randomUUID().slice(0, 8)}`;
    await owner.query(
      `insert into hub.assignment (id, family_id, organisation, team, relation, from_on, until_on)
       values ($1, $2, 'rvdk', $3, 'ASSIGNED', $4, $5)`,
      [randomUUID(), familyId, team, daysFromToday(-90), daysFromToday(-60)],
    );
    await owner.query(
      `insert into hub.team_member (id, organisation, team, worker_id, from_on, recorded_by)
       values ($1, 'rvdk', $2, $3, $4, 'rvdk.lead')`,
      [randomUUID(), team, reviewer.worker, daysFromToday(-10)],
    );
    expect(await refusal(reviewer, familyId)).toMatchObject({
      code: "REVIEWER_NOT_INDEPENDENT",
      details: { earlier: expect.arrayContaining([{ kind: "TEAM", since: daysFromToday(-90) }]) as unknown },
    });
  });

  test("to who planned a meeting about it", async () => {
    const { reviewer, familyId } = await arrange();
    await planMeeting(register.stores(), reviewer, {
      familyId,
      participants: ["rvdk", "lokalis"],
      heldOn: daysFromToday(1),
      ...aKey(),
    });
    expect(await refusal(reviewer, familyId)).toEqual(refused(["MEETING", today()]));
  });

  test("to who investigated it, also when that is over", async () => {
    const { reviewer, familyId } = await arrange();
    const before: Requester = { ...reviewer, workerFunction: "INVESTIGATOR" };
    const { result } = await openInvestigation(register.stores(), before, {
      familyId,
      kind: "INVESTIGATION",
      ...aKey(),
    });
    await closeInvestigation(register.stores(), before, { investigationId: result.id, ...aKey() });
    expect(await refusal(reviewer, familyId)).toEqual(refused(["INVESTIGATION", today()]));
  });

  test("to who took a step with a referral, used the emergency procedure, or asked for disclosure", async () => {
    const { reviewer, familyId } = await arrange();
    const { owner } = register.database;
    const client = await owner.connect();
    const referral = randomUUID();
    await client.query("begin; set local session_replication_role = replica");
    await client.query(
      `insert into hub.referral_event (referral_id, version, action, to_state, party, organisation, worker,
         owner_organisation, receiver_organisation, at)
       values ($1, 1, 'submit', 'SUBMITTED', 'SENDER', 'rvdk', $2, 'rvdk', 'veilig-thuis', now() - interval '30 days')`,
      [referral, reviewer.worker],
    );
    await client.query(
      `insert into hub.referral (id, family_id, type, mode, urgency, reason_code, consent_basis, family_informed,
         family_informed_on, sender_organisation, sender_worker, receiver_organisation, owner_organisation,
         sight_on_safety, state, version)
       values ($1, $2, 'REPORT', 'JOIN', 'NORMAL', 'SAFETY_CONCERN', 'SAFETY_TASK', 'SPOKEN', current_date, 'rvdk', $3,
         'veilig-thuis', 'rvdk', 'rvdk', 'SUBMITTED', 1)`,
      [referral, familyId, reviewer.worker],
    );
    await client.query(
      `insert into hub.emergency (id, family_id, organisation, worker_id, worker_function, reason, with_health,
         declared_at, ends_at, review_due_on)
       values ($1, $2, 'rvdk', $3, 'INVESTIGATOR', 'A sentence of twenty characters or more.', false,
         now() - interval '20 days', now() - interval '19 days', current_date)`,
      [randomUUID(), familyId, reviewer.worker],
    );
    await client.query(
      `insert into hub.disclosure (id, family_id, holder, requester_organisation, requester_worker, requester_function,
         purpose, categories, rules, necessity, wanted_until, second_needed, due_on, state, requested_at)
       values ($1, $2, 'lokalis', 'rvdk', $3, 'INVESTIGATOR', 'INVESTIGATION', '{SAFETY}', '{}',
         'A sentence of twenty characters or more.', current_date, false, current_date, 'REQUESTED',
         now() - interval '10 days')`,
      [randomUUID(), familyId, reviewer.worker],
    );
    await client.query("commit");
    client.release();
    expect(await refusal(reviewer, familyId)).toEqual(
      refused(
        ["REFERRAL", daysFromToday(-30)],
        ["EMERGENCY", daysFromToday(-20)],
        ["DISCLOSURE", daysFromToday(-10)],
      ),
    );
  });

  test("to who read about it, or was consulted, in another function", async () => {
    const { reviewer, familyId } = await arrange();
    await read(reviewer, familyId, { purpose: "CONSULT", workerFunction: "ADVISOR" });
    expect(await refusal(reviewer, familyId)).toEqual(refused(["CONSULT", today()], ["READING", today()]));
  });

  test("and nothing stays of it", async () => {
    const { reviewer, familyId } = await arrange();
    await read(reviewer, familyId);
    await refusal(reviewer, familyId);
    const { rows } = await register.database.owner.query(
      "select from hub.investigation where family_id = $1",
      [familyId],
    );
    expect(rows).toHaveLength(0);
  });

  test("not for what a colleague did, nor for what was refused or read as a reviewer", async () => {
    const { reviewer, familyId } = await arrange();
    await read(aRequester("rvdk.colleague", "INVESTIGATOR"), familyId);
    await read({ ...aRequester("save.x", "REVIEWER"), worker: reviewer.worker }, familyId);
    await read(reviewer, familyId, { outcome: "REFUSED", categoriesDelivered: [] });
    await read(reviewer, familyId, { workerFunction: "REVIEWER", purpose: "REFERRAL" });
    await expect(open(reviewer, familyId)).resolves.toBeDefined();
  });
});

test("a reading while it is opened waits, comes after the certificate, and closes the review", async () => {
  const { reviewer, familyId } = await arrange();
  const client = await register.database.pool.connect();
  await client.query("begin");
  const { rows } = await client.query<{ log_position: string; read_since: string | null }>(
    "select * from access_log.earlier_reading($1, $2, $3)",
    [reviewer.organisation, reviewer.worker, familyId],
  );
  expect(rows[0]?.read_since).toBeNull();
  let isWritten = false;
  const written = read(reviewer, familyId).then(() => (isWritten = true));
  const waits = async (): Promise<boolean> => {
    const { rows: waiting } = await register.database.owner.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return waiting.length > 0;
  };
  while (!(await waits())) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isWritten).toBe(false);
  await client.query("commit");
  client.release();
  await written;
  expect(BigInt(await lastPosition())).toBeGreaterThan(BigInt(rows[0]?.log_position ?? 0));
  const { organisation, worker } = reviewer;
  const record = await loadRequesterRecord(register.database.pool, {
    organisation,
    worker,
    familyIds: [familyId],
  });
  expect(record.readBefore).toEqual(new Set([familyId]));
});

test("the certificate is changed by nobody", async () => {
  const { reviewer, familyId } = await arrange();
  const { result } = await open(reviewer, familyId);
  for (const statement of [
    "update hub.independence_certificate set log_position = 0 where investigation_id = $1",
    "delete from hub.independence_certificate where investigation_id = $1",
  ]) {
    await expect(register.database.pool.query(statement, [result.id])).rejects.toMatchObject({
      code: "42501",
    });
    await expect(register.database.owner.query(statement, [result.id])).rejects.toMatchObject({
      code: "55000",
    });
  }
  await expect(
    register.database.pool.query("select access_log.earlier_reading('a', 'b', 'c')"),
  ).resolves.toBeDefined();
});
