// Every entry exports as an AuditEvent that is valid under FHIR R4, as packages ship it, and says who, what, when and why.

import * as fc from "fast-check";
import { openRuleBook } from "../../../shared/access-log/rule-words/rule-words";
import {
  AS_FHIR_BUNDLE,
  AS_FHIR_LINES,
  toAuditEvent,
} from "../../../subgraphs/access-log/mapping/export/as-fhir";
import { anEntry } from "../../kit/access-log-entries";
import { anyLogEntry } from "../../kit/any-log-entry";
import { faultsUnderR4 } from "../../kit/fhir-r4";

const NAMES = fc.constantFrom("lokalis.worker", "view", "a b", "é-1", "hub.keeper", "x".repeat(100));
const entries = anyLogEntry(NAMES);
const rules = openRuleBook();

const anEvent = () =>
  toAuditEvent({
    ...anEntry({ reliedOn: ["EMERGENCY:-"], purpose: "ACUTE_SAFETY", team: "team-noord" }),
    id: "01890000-0000-7000-8000-000000000001",
    position: 7,
    recordedAt: "2026-11-20T10:00:00.123456Z",
  }) as Record<string, unknown> & { agent: Record<string, unknown>[] };

test("any entry is a valid AuditEvent", () => {
  fc.assert(
    fc.property(entries, (entry) => {
      expect(faultsUnderR4(toAuditEvent(entry))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test("several are a valid Bundle, and as many lines", () => {
  fc.assert(
    fc.property(fc.array(entries, { minLength: 1, maxLength: 5 }), (some) => {
      const { head, between, tail, write } = AS_FHIR_BUNDLE;
      const bundle = JSON.parse(head + some.map((one) => write(one, rules)).join(between) + tail) as {
        entry: { resource: unknown }[];
      };
      expect(faultsUnderR4(bundle)).toEqual([]);
      const lines = some.map((one) => AS_FHIR_LINES.write(one, rules)).join("");
      expect(lines.endsWith("\n")).toBe(true);
      const events = lines
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown);
      expect(events).toEqual(bundle.entry.map(({ resource }) => resource));
    }),
    { numRuns: 30 },
  );
});

test.each<[string, (event: ReturnType<typeof anEvent>) => object]>([
  ["a moment that is missing", (event) => ({ ...event, recorded: undefined })],
  ["a moment that is none", (event) => ({ ...event, recorded: "20 November" })],
  ["an action that does not exist", (event) => ({ ...event, action: "X" })],
  ["an outcome that does not exist", (event) => ({ ...event, outcome: "1" })],
  ["nobody who did it", (event) => ({ ...event, agent: [] })],
  [
    "an agent of whom it is not said whether they asked",
    (event) => ({ ...event, agent: [{ ...event.agent[0], requestor: undefined }] }),
  ],
  ["a source without an observer", (event) => ({ ...event, source: {} })],
  ["an element that is unknown", (event) => ({ ...event, reason: "because" })],
  ["an id that cannot be", (event) => ({ ...event, id: "a b" })],
  ["an empty text", (event) => ({ ...event, outcomeDesc: "" })],
])("what it is held against refuses %s", (_what, change) => {
  expect(faultsUnderR4(anEvent())).toEqual([]);
  expect(faultsUnderR4(change(anEvent()))).not.toEqual([]);
});

test("says who, for whom, what for, by which rules, about whom and what", () => {
  const event = anEvent();
  expect(event).toMatchObject({
    action: "R",
    outcome: "0",
    recorded: "2026-11-20T10:00:00.123456Z",
    purposeOfEvent: [{ coding: [{ code: "ACUTE_SAFETY" }] }, { coding: [{ code: "BTG" }] }],
    agent: [
      {
        who: { identifier: { value: "lokalis.worker" } },
        role: [{ coding: [{ code: "WORKER" }] }],
        requestor: true,
        policy: ["https://schakel.example/fhir/rules/2026-01-01/consent-given"],
        network: { address: "127.0.0.1", type: "2" },
      },
      { who: { identifier: { value: "lokalis" } }, requestor: false },
      { who: { identifier: { value: "team-noord" } }, requestor: false },
      { who: { identifier: { value: "save" } }, requestor: false },
    ],
    source: { site: "save" },
    entity: [
      {
        what: { identifier: { value: "OVV-06" } },
        detail: [{ type: "delivered", valueString: "CARE_PLAN" }],
      },
      { what: { identifier: { value: "EMERGENCY:-" } } },
      { what: { identifier: { value: "0af7651916cd43dd8448eb211c80319c" } } },
    ],
  });
});
