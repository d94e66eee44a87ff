// Any entry that can stand in the access log, for tests of what is made of entries.

import * as fc from "fast-check";
import { AccessAct, AccessOutcome, type AccessLogEntry } from "../../shared/access-log/access-log-entry";
import { Category, Purpose, WorkerFunction } from "../../shared/kernel/codes";
import { ERROR_CODES, type ErrorCode } from "../../shared/kernel/errors";
import { toOrganisationCode, toTraceId, toWorkerId } from "../../shared/kernel/ids";

const codes = <T extends string>(list: Readonly<Record<T, unknown>>): T[] => Object.keys(list) as T[];
const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.option(arbitrary, { nil: null, freq: 3 });
const subject = fc.oneof(
  fc.constant({ subjectType: "NONE", subjectId: null, familyId: null } as const),
  // A key that was destroyed leaves the type alone.
  fc.constantFrom(
    { subjectType: "FAMILY", subjectId: null, familyId: null } as const,
    { subjectType: "FAMILY", subjectId: "OVV-06", familyId: "OVV-06" } as const,
    { subjectType: "PERSON", subjectId: "OVV-06-4", familyId: "OVV-06" } as const,
    { subjectType: "PERSON", subjectId: "(not an id)", familyId: null } as const,
  ),
);

/** Any entry; `text` draws what stands in fields that come from outside. */
export const anyLogEntry = (text: fc.Arbitrary<string>): fc.Arbitrary<AccessLogEntry> =>
  fc
    .record({
      id: fc.uuid(),
      position: fc.integer({ min: 1, max: 2 ** 40 }),
      millis: fc.integer({ min: 0, max: 10 ** 12 }),
      micros: fc.integer({ min: 0, max: 999 }),
      traceId: fc.stringMatching(/^[0-9a-f]{32}$/).map(toTraceId),
      act: fc.constantFrom(...codes(AccessAct)),
      outcome: fc.constantFrom(...codes(AccessOutcome)),
      operation: text,
      worker: orNull(text.map((one) => one as ReturnType<typeof toWorkerId>)),
      organisation: orNull(fc.constantFrom("lokalis", "veilig-thuis").map(toOrganisationCode)),
      team: orNull(fc.constantFrom("team-noord", "team-2")),
      workerFunction: orNull(fc.constantFrom(...codes(WorkerFunction))),
      purpose: orNull(fc.constantFrom(...codes(Purpose))),
      subject,
      source: orNull(fc.constantFrom("lokalis", "families", "access-log")),
      categoriesDelivered: fc.subarray(codes(Category)),
      categoriesWithheld: fc.subarray(codes(Category)),
      rules: fc.subarray(["own-dossier", "no-rule", "MONTH_OVER"]),
      policySet: orNull(fc.constantFrom("2026-01-01", "1999-01-01")),
      reliedOn: fc.subarray(["CONSENT:1b", "EMERGENCY:-", "MEASURE:c-2"]),
      errorCode: orNull(fc.constantFrom(...codes<ErrorCode>(ERROR_CODES))),
      origin: orNull(fc.constantFrom("127.0.0.1", "::ffff:10.0.0.1")),
    })
    .map(({ millis, micros, subject: about, ...entry }) => ({
      ...entry,
      ...about,
      recordedAt: new Date(Date.UTC(2026, 0, 1) + millis)
        .toISOString()
        .replace("Z", `${String(micros).padStart(3, "0")}Z`),
    }));
