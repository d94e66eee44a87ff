// Which entries of the access log somebody asks for, and how that is said to the database: by the conditions alone, and by
// which index they are walked.

import type { ClientBase } from "pg";
import type { Category, Purpose } from "../kernel/codes";
import type { AccessAct, AccessOutcome } from "./access-log-entry";

/** Which entries; everything that is given must hold. */
export interface AccessLogFilter {
  /** Entries whose employer or whose source is this organisation (decision table, rows 74 and 75). */
  readonly concerning: string;
  /** About this family or somebody in it. */
  readonly familyId?: string;
  /** About this person, or about a household that the person was looked at as part of. */
  readonly personId?: string;
  readonly worker?: string;
  /** Employer of the worker. */
  readonly organisation?: string;
  /** ISO 8601 moment, included. */
  readonly from?: string;
  /** ISO 8601 moment, not included. */
  readonly to?: string;
  readonly purpose?: Purpose;
  readonly act?: AccessAct;
  readonly outcome?: AccessOutcome;
  readonly source?: string;
  /** Delivered or withheld. */
  readonly category?: Category;
  readonly delivered?: Category;
  readonly withheld?: Category;
  /** Id of a rule that permitted or withheld. */
  readonly rule?: string;
  /** Whether it relied on an emergency. */
  readonly emergency?: boolean;
}

/** Values of a statement; `add` gives the placeholder. */
export class Values {
  readonly all: unknown[] = [];
  add(value: unknown): string {
    this.all.push(value);
    return `$${this.all.length}`;
  }
}

/** The entries of a filter as conditions on `access_log.entry`. No entry fulfils two of them, and each can walk an index. */
export interface Selection {
  readonly conditions: readonly string[];
  /** Placeholder of the keys of the subjects, when it is about subjects; the conditions leave these to who asks. */
  readonly keys: string | undefined;
  readonly values: Values;
}

/** What it means that an entry relied on an emergency; the words of its index. */
const EMERGENCY = "relied_on <> '{}' and access_log.relies_on_emergency(relied_on)";
/** Kept in indexes of their own, for they are few (migration 0008, which has the same words). */
const RARE_OUTCOMES: readonly AccessOutcome[] = ["REFUSED", "UNAVAILABLE", "FAILED"];

const FAMILY_KEYS = `select id from access_log.subject_key where family_id = $1 and key is not null
  union select id from access_log.subject_key where subject_type = 'FAMILY' and subject_id = $1 and key is not null`;
const PERSON_KEYS = `select id from access_log.subject_key
    where subject_type = 'PERSON' and subject_id = $1 and key is not null
  union select f.id from access_log.subject_key p join access_log.subject_key f on f.subject_type = 'FAMILY'
      and f.subject_id = p.family_id and f.key is not null
    where p.subject_type = 'PERSON' and p.subject_id = $1 and p.key is not null`;

/**
 * The keys under which the subjects of a filter stand in the log, or undefined when it names none. A subject whose key was
 * destroyed has none. Rejects with the driver's error.
 */
export async function subjectKeysOf(
  client: Pick<ClientBase, "query">,
  { familyId, personId }: AccessLogFilter,
): Promise<readonly string[] | undefined> {
  const keys = async (query: string, id: string): Promise<string[]> =>
    (await client.query<{ id: string }>(query, [id])).rows.map((row) => row.id);
  const ofFamily = familyId === undefined ? undefined : await keys(FAMILY_KEYS, familyId);
  if (personId === undefined) return ofFamily;
  const ofPerson = await keys(PERSON_KEYS, personId);
  return ofFamily ? ofPerson.filter((key) => ofFamily.includes(key)) : ofPerson;
}

/** The entries of a filter; `keys` are what `subjectKeysOf` gave. Values are never part of the text. */
export function selectionOf(filter: AccessLogFilter, keys: readonly string[] | undefined): Selection {
  const values = new Values();
  const own = values.add(filter.concerning);
  const further = conditionsOf(filter, values)
    .map((condition) => ` and ${condition}`)
    .join("");
  const either = `(organisation = ${own} or source = ${own})${further}`;
  if (keys) return { conditions: [either], keys: `${values.add(keys)}::uuid[]`, values };
  if (hasOwnIndex(filter)) return { conditions: [either], keys: undefined, values };
  const halves = [`organisation = ${own}`, `source = ${own} and organisation is distinct from ${own}`];
  return { conditions: halves.map((half) => half + further), keys: undefined, values };
}

/** Is there an index that leads to few entries, whosever they are? */
const hasOwnIndex = ({ worker, act, outcome, emergency }: AccessLogFilter): boolean =>
  worker !== undefined ||
  emergency === true ||
  (act !== undefined && act !== "READ") ||
  (outcome !== undefined && RARE_OUTCOMES.includes(outcome));

function conditionsOf(filter: AccessLogFilter, values: Values): string[] {
  const { from, to, act, outcome, category, emergency } = filter;
  const given = (value: string | undefined, condition: (placeholder: string) => string): string[] =>
    value === undefined ? [] : [condition(values.add(value))];
  const equal = (column: string, value: string | undefined): string[] =>
    given(value, (placeholder) => `${column} = ${placeholder}`);
  const within = (column: string, value: string | undefined): string[] =>
    given(value, (placeholder) => `${column} @> array[${placeholder}]`);
  return [
    ...equal("worker", filter.worker),
    ...equal("organisation", filter.organisation),
    ...equal("purpose", filter.purpose),
    ...equal("source", filter.source),
    ...equal("act", act),
    ...equal("outcome", outcome),
    // What an index is limited to stands here in the same words, so that it is used whatever the values are.
    ...(act !== undefined && act !== "READ" ? ["act <> 'READ'"] : []),
    ...(outcome !== undefined && RARE_OUTCOMES.includes(outcome)
      ? [`outcome in (${RARE_OUTCOMES.map((one) => `'${one}'`).join(", ")})`]
      : []),
    ...within("categories_delivered", filter.delivered),
    ...within("categories_withheld", filter.withheld),
    ...given(
      category,
      (one) => `(categories_delivered @> array[${one}] or categories_withheld @> array[${one}])`,
    ),
    ...within("rules", filter.rule),
    ...(emergency === true ? [EMERGENCY] : []),
    ...(emergency === false ? [`not (${EMERGENCY})`] : []),
    ...given(from, (moment) => `recorded_at >= ${moment}::timestamptz`),
    ...given(to, (moment) => `recorded_at < ${moment}::timestamptz`),
  ];
}
