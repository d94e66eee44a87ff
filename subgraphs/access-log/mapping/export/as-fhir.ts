// An export as FHIR R4: each entry an AuditEvent, in a Bundle of them or one a line (NDJSON). The form follows the patterns of
// IHE BALP (user, employer and source as agents; subject and request as entities); docs/access-log.md says which field is what.

import type {
  AccessAct,
  AccessLogEntry,
  AccessOutcome,
} from "../../../../shared/access-log/access-log-entry";
import type { ExportWriter } from "./export-writer";

interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

const OWN = "https://schakel.example/fhir";
const DICOM = "http://dicom.nema.org/resources/ontology/DCM";
const RESTFUL = "http://hl7.org/fhir/restful-interaction";
const V3 = "http://terminology.hl7.org/CodeSystem/v3-";
const HL7 = "http://terminology.hl7.org/CodeSystem";

const own = (kind: string, code: string): Coding => ({ system: `${OWN}/${kind}`, code });
const concept = (...coding: Coding[]): object => ({ coding });
const identifier = (kind: string, value: string): object => ({
  identifier: { system: `${OWN}/${kind}`, value },
});

const REST: Coding = { system: `${HL7}/audit-event-type`, code: "rest", display: "RESTful Operation" };
const dicom = (code: string, display: string): Coding => ({ system: DICOM, code, display });
const restful = (code: string): Coding => ({ system: RESTFUL, code });

/** What kind of event it was, and its letter: Create, Read, Update, Delete, Execute. */
interface EventKind {
  readonly type: Coding;
  readonly action: "C" | "R" | "U" | "D" | "E";
  readonly subtype?: Coding;
}

const KINDS: Readonly<Record<AccessAct, EventKind>> = {
  READ: { type: REST, action: "R", subtype: restful("read") },
  SEARCH: { type: REST, action: "E", subtype: restful("search-type") },
  CREATE: { type: REST, action: "C", subtype: restful("create") },
  UPDATE: { type: REST, action: "U", subtype: restful("update") },
  DELETE: { type: REST, action: "D", subtype: restful("delete") },
  EXPORT: { type: dicom("110106", "Export"), action: "R" },
  CONFIGURE: { type: dicom("110100", "Application Activity"), action: "U" },
  OVERSIGHT: { type: dicom("110101", "Audit Log Used"), action: "R" },
};

/** 0 success, 4 minor failure (it was not permitted), 8 serious failure (it could not be done). */
const OUTCOMES: Readonly<Record<AccessOutcome, "0" | "4" | "8">> = {
  DELIVERED: "0",
  PARTIAL: "0",
  WITHHELD: "4",
  REFUSED: "4",
  UNAVAILABLE: "8",
  FAILED: "8",
};

const BREAK_THE_GLASS: Coding = { system: `${V3}ActReason`, code: "BTG", display: "break the glass" };
/** Network access point: an IP address. */
const IP_ADDRESS = "2";

/** What it was for: our own code, and "break the glass" where an emergency was relied on. */
function purposesOf({ purpose, reliedOn }: AccessLogEntry): object[] {
  const emergency = reliedOn.some((one) => one.startsWith("EMERGENCY:"));
  return [
    ...(purpose === null ? [] : [concept(own("purpose", purpose))]),
    ...(emergency ? [concept(BREAK_THE_GLASS)] : []),
  ];
}

function agentsOf(entry: AccessLogEntry): object[] {
  const { worker, organisation, team, workerFunction, source, origin, rules, policySet } = entry;
  const purposeOfUse = purposesOf(entry);
  const policy = rules.map((rule) => `${OWN}/rules/${policySet ?? "none"}/${rule}`);
  const user = {
    type: concept({ system: `${V3}ParticipationType`, code: "IRCP", display: "information recipient" }),
    ...(workerFunction === null ? {} : { role: [concept(own("function", workerFunction))] }),
    who: worker === null ? { display: "not identified" } : identifier("worker", worker),
    requestor: true,
    ...(policy.length > 0 ? { policy } : {}),
    ...(origin === null ? {} : { network: { address: origin, type: IP_ADDRESS } }),
    ...(purposeOfUse.length > 0 ? { purposeOfUse } : {}),
  };
  const bystander = (type: Coding, kind: string, value: string | null): object[] =>
    value === null ? [] : [{ type: concept(type), who: identifier(kind, value), requestor: false }];
  return [
    user,
    ...bystander(own("agent-type", "employer"), "organisation", organisation),
    ...bystander(own("agent-type", "team"), "team", team),
    ...bystander(dicom("110152", "Destination Role ID"), "source", source),
  ];
}

function entitiesOf(entry: AccessLogEntry): object[] {
  const { subjectType, subjectId, familyId, traceId, reliedOn } = entry;
  const detail = [
    ...entry.categoriesDelivered.map((valueString) => ({ type: "delivered", valueString })),
    ...entry.categoriesWithheld.map((valueString) => ({ type: "withheld", valueString })),
  ];
  const entityType = (code: string, display: string): Coding => ({
    system: `${HL7}/audit-entity-type`,
    code,
    display,
  });
  const subject = {
    ...(subjectId === null
      ? { description: "The key of this subject was destroyed." }
      : { what: identifier(subjectType === "PERSON" ? "person" : "family", subjectId) }),
    type: subjectType === "PERSON" ? entityType("1", "Person") : entityType("4", "Other"),
    role: { system: `${HL7}/object-role`, code: "1", display: "Patient" },
    ...(detail.length > 0 ? { detail } : {}),
  };
  const ofFamily = familyId !== null && subjectType === "PERSON";
  return [
    ...(subjectType === "NONE" ? [] : [subject]),
    ...(ofFamily ? [{ what: identifier("family", familyId), type: entityType("4", "Other") }] : []),
    ...reliedOn.map((one) => ({ what: identifier("relied-on", one), type: entityType("4", "Other") })),
    { what: identifier("trace", traceId), type: own("entity-type", "trace") },
  ];
}

/** The entry as an AuditEvent. */
export function toAuditEvent(entry: AccessLogEntry): object {
  const { type, subtype, action } = KINDS[entry.act];
  const purposeOfEvent = purposesOf(entry);
  const { errorCode, outcome } = entry;
  return {
    resourceType: "AuditEvent",
    id: entry.id,
    type,
    subtype: [...(subtype ? [subtype] : []), own("operation", entry.operation)],
    action,
    recorded: entry.recordedAt,
    outcome: OUTCOMES[outcome],
    outcomeDesc: errorCode === null ? outcome : `${outcome}: ${errorCode}`,
    ...(purposeOfEvent.length > 0 ? { purposeOfEvent } : {}),
    agent: agentsOf(entry),
    source: {
      ...(entry.source === null ? {} : { site: entry.source }),
      observer: { display: "Schakel", ...identifier("organisation", "hub") },
      type: [{ system: `${HL7}/security-source-type`, code: "4", display: "Application Server" }],
    },
    entity: entitiesOf(entry),
  };
}

/** A Bundle of AuditEvents. */
export const AS_FHIR_BUNDLE: ExportWriter = {
  mediaType: "application/fhir+json",
  head: '{"resourceType":"Bundle","type":"collection","entry":[\n',
  between: ",\n",
  tail: "\n]}\n",
  // FHIR knows no empty lists.
  empty: '{"resourceType":"Bundle","type":"collection"}\n',
  write: (entry) => JSON.stringify({ fullUrl: `urn:uuid:${entry.id}`, resource: toAuditEvent(entry) }),
};

/** One AuditEvent a line, as FHIR Bulk Data has it: for files that no program should have to read as a whole. */
export const AS_FHIR_LINES: ExportWriter = {
  mediaType: "application/fhir+ndjson",
  head: "",
  between: "",
  tail: "",
  write: (entry) => `${JSON.stringify(toAuditEvent(entry))}\n`,
};
