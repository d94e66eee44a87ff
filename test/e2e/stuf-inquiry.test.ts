// A worker asks the board for an inquiry: the request reaches it as a message with the number that the sender alone has, what the board
// sends back moves the referral, and all of it is seen by the worker and in the log.

import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toReferralId } from "../../shared/kernel/ids";
import { caseNumberOf } from "../../shared/stuf/case-number";
import { bodyIn } from "../../shared/stuf/envelope";
import { NAMESPACES } from "../../shared/stuf/names";
import { readDocument, textAt } from "../../shared/stuf/read-xml";
import { numbersKnownTo } from "../kit/demo-numbers";
import { freePort } from "../kit/free-ports";
import { eventually } from "../kit/hub";
import { asOwner } from "../kit/hub-database";
import { askReferral, referralIn, sendReferral, takeStep } from "../kit/referrals";
import { startSecondGateway } from "../kit/second-gateway";
import { sharedHub } from "../kit/shared-hub";
import { BOARD, nodeAnswer, notificationText } from "../kit/stuf/inquiries";
import { writeStufRegion } from "../kit/stuf/region";
import { schemaFaults } from "../kit/stuf/schema";
import { startSecondSender } from "../kit/stuf/second-sender";
import { startTestSystem } from "../kit/test-system";

const hub = sharedHub();
const FAMILY = "OVV-11";
const SECRET = "a secret of the tests alone";
const folder = mkdtempSync(join(tmpdir(), "schakel-stuf-story-"));
const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
  rmSync(folder, { recursive: true });
});

interface Entry {
  readonly act: string;
  readonly operation: string;
  readonly outcome: string;
  readonly worker: string;
  readonly organisation: string;
  readonly source: string;
  readonly trace: string;
}

/** What the log has of the board's own system since a moment. */
const entriesSince = (from: Date): Promise<Entry[]> =>
  asOwner(hub, async (owner) => {
    const { rows } = await owner.query<Entry>(
      `select act, operation, outcome, worker, organisation, source, trace_id as trace from access_log.entry
       where recorded_at >= $1 and worker = 'client:stuf-jeugdzorg' order by position`,
      [from],
    );
    return rows;
  });

const MADE_SINCE = "family_id = $1 and organisation = 'rvdk' and created_at >= $2";

const tasksSince = (from: Date): Promise<{ obligation: string; about: string }[]> =>
  asOwner(hub, async (owner) => {
    const text = `select obligation, about from hub.task where ${MADE_SINCE}`;
    return (await owner.query<{ obligation: string; about: string }>(text, [FAMILY, from])).rows;
  });

test("a request leaves as vtoDi01, and a notification moves the referral", async () => {
  const from = new Date();
  const node = await startTestSystem();
  stops.push(() => node.stop());
  node.answerWith(() => ({ body: nodeAnswer("Bv03") }));
  const region = { SCHAKEL_REGION: writeStufRegion(folder) };
  const sender = await startSecondSender(hub, folder, { ...region, SCHAKEL_STUF_URL: node.url });
  stops.push(sender.stop);
  const port = await freePort();
  const door = { SCHAKEL_STUF_PORT: String(port), SCHAKEL_STUF_DOOR_SECRET: SECRET };
  const gateway = await startSecondGateway(hub, { lokalis: sender.url }, { ...region, ...door });
  stops.push(gateway.stop);

  const { id } = referralIn(
    await sendReferral(hub, {
      familyId: FAMILY,
      type: "INQUIRY_REQUEST",
      receiver: "rvdk",
      reasonCode: "SAFETY_CONCERN",
      consentBasis: "INQUIRY_REQUEST",
    }),
    "refer",
  );
  try {
    const { body } = await eventually("the message", async () => node.asked[0]);
    const message = bodyIn(readDocument(body, 1 << 24))!;
    expect(schemaFaults(message)).toEqual([]);
    const caseNumber = caseNumberOf("0344", toReferralId(id));
    expect(textAt(message.children[1], NAMESPACES.ZKN, "identificatie")).toBe(caseNumber);
    const numbers = [...body.matchAll(/<BG:inp\.bsn>(\d{9})</g)].map(([, bsn]) => bsn ?? "");
    expect(numbers.length).toBeGreaterThan(0);
    expect(numbersKnownTo("lokalis").get(FAMILY)).toEqual(expect.arrayContaining(numbers));

    // Of whom it was, and to whom it went, was on record before it left; the sender has it on its own record too.
    const left = await entriesSince(from);
    expect(left.length).toBeGreaterThan(1);
    for (const one of left) {
      expect(one).toMatchObject({
        act: "EXPORT",
        operation: "vtoDi01",
        organisation: "rvdk",
        source: "lokalis",
      });
    }
    const [trace = ""] = new Set(left.map((one) => one.trace));
    const own = join(folder, "deliveries", "lokalis");
    const record = readdirSync(own).map((file) => readFileSync(join(own, file), "utf8"));
    expect(record.join("")).toContain(trace);

    // What the rules ask of the board for it is on its list, as after any other access.
    expect(await tasksSince(from)).toEqual([{ obligation: "INFORM_FAMILY", about: "lokalis" }]);

    const said = { reference: randomUUID(), caseNumber, status: "Intake" };
    const notify = async (): Promise<string> => {
      const text = notificationText(said, { name: BOARD.organisation, password: SECRET });
      const headers = { "content-type": "text/xml; charset=utf-8" };
      const response = await fetch(`http://127.0.0.1:${port}/stuf`, { method: "POST", headers, body: text });
      return response.text();
    };
    expect(await notify()).toContain("Bv03Bericht");
    // Its acknowledgement was lost, so it comes again.
    expect(await notify()).toContain("Bv03Bericht");
    const seen = referralIn(await askReferral(hub, "lokalis.worker", id), "referral");
    expect(seen.state).toBe("IN_REVIEW");
    expect(seen.history.map(({ step }) => step).filter((step) => step === "review")).toHaveLength(1);
    const moved = (await entriesSince(from)).filter(({ act }) => act === "UPDATE");
    expect(moved).toEqual([
      expect.objectContaining({ operation: expect.stringContaining("reviewReferral"), outcome: "DELIVERED" }),
    ]);

    Object.assign(said, { reference: randomUUID(), status: "Onderzoek" });
    expect(await notify()).toMatch(/Fo03Bericht[^]*TRANSITION_NOT_ALLOWED/);
    expect(referralIn(await askReferral(hub, "lokalis.worker", id), "referral").state).toBe("IN_REVIEW");
    expect(node.asked).toHaveLength(1);
  } finally {
    await takeStep(hub, "lokalis.worker", "withdrawReferral", { referralId: id, reason: "NO_LONGER_NEEDED" });
    // Others count on an inbox of the board in which nothing ever was.
    await asOwner(hub, async (owner) => {
      await owner.query("set session_replication_role = replica");
      await owner.query("delete from hub.referral where id = $1", [id]);
      await owner.query(
        `with gone as (delete from hub.task where ${MADE_SINCE} returning id)
        delete from hub.task_event where task_id in (select id from gone)`,
        [FAMILY, from],
      );
      await owner.query("reset session_replication_role");
    });
  }
}, 240_000);
