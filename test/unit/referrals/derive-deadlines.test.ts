// Deadlines as they follow from a history: which run in which state, by which day, and from when is warned.

import * as fc from "fast-check";
import { toOrganisationCode } from "../../../shared/kernel/ids";
import { addDays, toPlainDate, type PlainDate } from "../../../shared/kernel/plain-date";
import { isWorkingDay } from "../../../shared/kernel/working-days";
import {
  deriveDeadlines,
  withinNorm,
  type ClockEvent,
  type ClockFacts,
} from "../../../subgraphs/referrals/source/deadlines/derive";
import { keysOf } from "../../../subgraphs/referrals/source/deadlines/family-clock";
import { DEADLINE_KINDS, normOf } from "../../../subgraphs/referrals/source/deadlines/norms";
import { ReferralState } from "../../../subgraphs/referrals/source/referral-codes";
import { REFERRAL_TYPES } from "../../../subgraphs/referrals/source/routes";

const SAVE = toOrganisationCode("save");
const LOKALIS = toOrganisationCode("lokalis");
const DAY_SECONDS = 86_400;

const event = (
  version: number,
  to: ReferralState,
  on: string,
  change: Partial<ClockEvent> = {},
): ClockEvent => ({
  version,
  to,
  at: `${on}T09:00:00Z`,
  on: toPlainDate(on),
  receiver: SAVE,
  expectedOn: null,
  worker: "a-worker",
  ...change,
});
const facts = (events: readonly ClockEvent[], change: Partial<ClockFacts> = {}): ClockFacts => ({
  type: "GUIDANCE",
  sender: LOKALIS,
  norms: {},
  consultation: null,
  events,
  ...change,
});

describe("a norm", () => {
  test.each([
    ["of five days in a week without holidays", "2026-11-23", 5, "2026-11-27", "2026-11-30"],
    ["of five days over Easter", "2026-04-02", 5, "2026-04-09", "2026-04-10"],
    ["of one day before a weekend", "2026-11-27", 1, "2026-11-30", "2026-11-30"],
    ["of one day before King's Day", "2026-04-24", 1, "2026-04-28", "2026-04-28"],
    ["of two days over Christmas", "2026-12-24", 2, "2026-12-28", "2026-12-29"],
    ["that begins on a Sunday", "2026-11-29", 2, "2026-11-30", "2026-12-01"],
    ["over the night in which the clock goes back", "2026-10-23", 2, "2026-10-26", "2026-10-27"],
    ["of none: warned of at once", "2026-11-28", 0, null, "2026-11-28"],
  ])("%s", (_, on, workingDays, warnOn, dueOn) => {
    expect(withinNorm(toPlainDate(on), workingDays)).toEqual({ warnOn, dueOn });
  });

  test("exists for every step of every type that does not bring its own day", () => {
    for (const type of REFERRAL_TYPES) {
      for (const kind of DEADLINE_KINDS) {
        const own = kind === "CONSULT" || kind === "EXPECTED";
        expect(normOf(kind, type, { norms: {} }) === null).toBe(own);
      }
    }
  });

  test("ends on a working day, with a warning before it or on it, unless it is at once", () => {
    const anyDay = fc.integer({ min: 0, max: 4000 }).map((n) => addDays(toPlainDate("2020-01-01"), n));
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 20 }), (day, workingDays) => {
        const { warnOn, dueOn } = withinNorm(day, workingDays);
        expect(isWorkingDay(dueOn) && isWorkingDay(warnOn!)).toBe(true);
        expect(day < warnOn! && (workingDays === 1 ? warnOn === dueOn : warnOn! < dueOn)).toBe(true);
      }),
    );
  });
});

describe("a history", () => {
  test("without a term of its consultation has no deadline for it yet", () => {
    const events = [event(1, "SUBMITTED", "2026-11-23"), event(2, "IN_CONSULTATION", "2026-11-24")];
    expect(deriveDeadlines(facts(events)).map(({ kind }) => kind)).toEqual(["DELIVER"]);
    const consultation = { dueAt: "2026-11-29T09:00:00Z", dueOn: toPlainDate("2026-11-29") };
    expect(deriveDeadlines(facts(events, { consultation })).at(-1)).toMatchObject({
      kind: "CONSULT",
      warnOn: "2026-11-27",
      dueAt: consultation.dueAt,
    });
  });

  test("with another receiver gives that one its own norm, from the assignment on", () => {
    const wss = toOrganisationCode("wss");
    const events = [
      event(1, "SUBMITTED", "2026-11-02"),
      event(2, "RECEIVED", "2026-11-02"),
      event(3, "IN_CONSULTATION", "2026-11-05"),
      event(4, "RECEIVED", "2026-11-16", { receiver: wss }),
    ];
    const decisions = deriveDeadlines(facts(events)).filter(({ kind }) => kind === "DECIDE");
    expect(decisions).toMatchObject([
      { version: 2, organisation: "save", dueOn: "2026-11-09", met: { at: "2026-11-05T09:00:00Z" } },
      { version: 4, organisation: "wss", dueOn: "2026-11-23", met: null },
    ]);
  });

  const anyState = fc.constantFrom(...(Object.keys(ReferralState) as ReferralState[]));
  const anyHistory = fc.array(fc.tuple(anyState, fc.integer({ min: 0, max: 10 })), {
    minLength: 1,
    maxLength: 12,
  });
  const historyOf = (steps: readonly (readonly [ReferralState, number])[]): ClockEvent[] => {
    let day: PlainDate = toPlainDate("2026-01-01");
    return steps.map(([to, later], index) => {
      day = addDays(day, later);
      return event(index + 1, to, day, { expectedOn: to === "WAITLISTED" ? addDays(day, 30) : null });
    });
  };

  test("never has two of a kind running, and never less in a longer history", () => {
    fc.assert(
      fc.property(anyHistory, (steps) => {
        const events = historyOf(steps);
        const whole = deriveDeadlines(facts(events));
        const running = whole.filter(({ met }) => met === null).map(({ kind }) => kind);
        expect(new Set(running).size).toBe(running.length);
        const nameOf = ({ kind, version }: { kind: string; version: number }) => `${kind} ${version}`;
        expect(new Set(whole.map(nameOf)).size).toBe(whole.length);
        // What was promised by a part of it stands in the whole, by the same day.
        for (const promised of deriveDeadlines(facts(events.slice(0, -1)))) {
          const { met, ...same } = promised;
          expect(whole).toContainEqual(expect.objectContaining(met === null ? same : promised));
        }
      }),
    );
  });

  test("that has ended leaves nothing running", () => {
    fc.assert(
      fc.property(anyHistory, fc.constantFrom("COMPLETED" as const, "WITHDRAWN" as const), (steps, end) => {
        const events = historyOf([...steps, [end, 1]]);
        expect(deriveDeadlines(facts(events)).every(({ met }) => met !== null)).toBe(true);
      }),
    );
  });
});

describe("the clock of a family", () => {
  const familyWait = { warnDays: 35, normDays: 42 };
  test.each([
    ["nothing before the warning", 34.9, []],
    ["a warning", 35, [[1, "warned"]]],
    ["the norm that is over", 42, [[1, "escalated"]]],
    [
      "a second warning",
      42 + 35,
      [
        [1, "escalated"],
        [2, "warned"],
      ],
    ],
    ["the norm twice", 84, [[2, "escalated"]]],
  ])("calls for %s", (_, days, expected) => {
    const keys = keysOf({ familyId: "F", seconds: days * DAY_SECONDS }, { familyWait });
    expect(keys.map(({ round, level }) => [round, level])).toEqual(expected);
  });
});
