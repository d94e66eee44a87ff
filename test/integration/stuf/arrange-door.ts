// What tests of the door for messages start from: the door on a real database, with the real steps and the real record behind
// it.

import { randomUUID } from "node:crypto";
import { createDoorRecord } from "../../../gateway/record/refused-at-door";
import { createUserCheck } from "../../../gateway/stuf/check-user";
import { openMessageDoor, type MessageDoorDeps } from "../../../gateway/stuf/message-door";
import { refusalsOn } from "../../../gateway/stuf/on-record";
import { buryTaken } from "../../../gateway/stuf/outbox";
import { postOnce } from "../../../gateway/stuf/post";
import { createAccessLogWriter, type AccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { SchakelError } from "../../../shared/kernel/errors";
import { toReferralId } from "../../../shared/kernel/ids";
import { createLogger } from "../../../shared/kernel/logger";
import { caseNumberOf } from "../../../shared/stuf/case-number";
import { completeReferral, reviewReferral, startReferral } from "../../../subgraphs/referrals/source/decide";
import type { TestDatabase } from "../../kit/database";
import { BOARD, nodeAnswer, notificationText, SENDER, type TestNotification } from "../../kit/stuf/inquiries";
import { SILENT } from "../referrals/arrange";
import { arrangeRequested, type Chain } from "./arrange";

const SECRET = "a secret of the tests alone";
/** Who hands over messages of the board. */
export const NODE_USER = { name: BOARD.organisation, password: SECRET };
const STEPS = { reviewReferral, startReferral, completeReferral } as const;

/** A referral as far as a notification may change it. */
export interface ReferralNow {
  readonly state: string;
  readonly version: number;
  readonly outcome: string | null;
}

/** A refusal as it is in the access log; `worker` is null when it is not known who it was. */
export interface RecordedRefusal {
  readonly code: string;
  readonly worker: string | null;
  readonly organisation: string | null;
  readonly origin: string;
}

const ORIGIN = "127.0.0.1";

/** Of somebody who is not known. */
export const ofStranger = (code: string): RecordedRefusal => ({
  code,
  worker: null,
  organisation: null,
  origin: ORIGIN,
});

/** Of the board, which was known. */
export const ofBoard = (code: string): RecordedRefusal => ({
  code,
  worker: "client:stuf-jeugdzorg",
  organisation: "rvdk",
  origin: ORIGIN,
});

/** A door that is open during a test file. */
export interface TestDoor {
  /** What a door stands on. */
  readonly deps: () => MessageDoorDeps;
  /** What was refused at the door during this test, as the access log has it. */
  refused(): Promise<RecordedRefusal[]>;
  /** Lines that the door wrote to its log during this test. */
  readonly said: string[];
  /** Lets every step fail. */
  recordIsAway: boolean;
  /** Lets every write to the access log fail. */
  logIsAway: boolean;
  /** Where it is. */
  url(): string;
  /** Hands a text over; gives the status, the kind of answer, its code and its detail. */
  hand(text: string, headers?: Readonly<Record<string, string>>): Promise<string>;
  /** Hands a notification over as the node does. */
  notify(said: TestNotification): Promise<string>;
  /** A referral whose request went to the board as a message. */
  sent(): Promise<string>;
  stateOf(id: string): Promise<ReferralNow>;
}

/** What a notification about a referral says. */
export const about = (
  id: string,
  status: string,
  more: Partial<TestNotification> = {},
): TestNotification => ({
  reference: randomUUID(),
  caseNumber: caseNumberOf("0344", toReferralId(id)),
  status,
  ...more,
});

/** Opens a door for a test file. */
export function withDoor(database: TestDatabase, chain: Chain): TestDoor {
  const running: { url: string; stop: () => Promise<void>; position: string } = {
    url: "",
    stop: async () => undefined,
    position: "0",
  };
  const log = createLogger("test", "error", { write: (line) => void door.said.push(line) });
  const accessLog = (): AccessLogWriter => {
    const writer = createAccessLogWriter(database.pool);
    const write: AccessLogWriter["write"] = async (entries) => {
      if (door.logIsAway) throw new SchakelError("LOG_UNAVAILABLE");
      return writer.write(entries);
    };
    return { write };
  };
  const door: TestDoor = {
    async refused() {
      const { rows } = await database.owner.query<RecordedRefusal>(
        `select error_code as code, worker, organisation, origin from access_log.entry
         where position > $1 and operation = 'request' and outcome = 'REFUSED' order by position`,
        [running.position],
      );
      return rows;
    },
    said: [],
    recordIsAway: false,
    logIsAway: false,
    url: () => running.url,
    deps: () => ({
      pool: database.pool,
      receivers: chain.deps.receivers,
      senders: new Map([[SENDER.organisation, chain.region.organisations[0]!.chain!]]),
      log,
      takeStep: async ({ requester }, { mutation, input }) => {
        if (door.recordIsAway) return "RECORD_UNAVAILABLE";
        try {
          await STEPS[mutation]({ pool: database.pool, region: chain.region }, requester, input as never);
          return undefined;
        } catch (error) {
          if (error instanceof SchakelError) return error.code;
          throw error;
        }
      },
      bury: async (receiver, reference, fault) => buryTaken(database.pool, receiver, reference, fault),
      ...refusalsOn(createDoorRecord(accessLog(), SILENT)),
    }),
    async hand(text, more = {}) {
      const headers = { "content-type": "text/xml; charset=utf-8", ...more };
      const response = await fetch(running.url, { method: "POST", headers, body: text });
      const body = await response.text();
      const at = (name: string): string => new RegExp(`<StUF:${name}>([^<]*)<`).exec(body)?.[1] ?? "";
      const parts = [String(response.status), at("berichtcode"), at("code"), at("details")];
      return parts.filter((one) => one !== "").join(" ");
    },
    notify: (said) => door.hand(notificationText(said, NODE_USER)),
    async sent() {
      const { id } = await arrangeRequested(database, chain);
      await postOnce(chain.deps);
      return id;
    },
    async stateOf(id) {
      const text = "select state, version, outcome from hub.referral where id = $1";
      const { rows } = await database.owner.query<ReferralNow>(text, [id]);
      return rows[0]!;
    },
  };
  beforeAll(async () => {
    const user = createUserCheck(SECRET);
    const opened = await openMessageDoor(door.deps(), { host: "127.0.0.1", port: 0, user });
    Object.assign(running, { url: `http://127.0.0.1:${opened.port}/stuf`, stop: opened.stop });
  });
  afterAll(() => running.stop());
  beforeEach(async () => {
    const text = "select coalesce(max(position), 0)::text as position from access_log.entry";
    Object.assign(running, (await database.owner.query<{ position: string }>(text)).rows[0]);
    door.said.length = 0;
    door.recordIsAway = false;
    door.logIsAway = false;
    chain.node.answerWith(() => ({ body: nodeAnswer("Bv03") }));
  });
  return door;
}
