// What must be true of the answer to an attack: what the case expects, and what holds for every answer.

import type { AttackCase, Expectation } from "./attack-cases";
import { isSomething, valuesAt } from "./attack-paths";
import type { Outcome, SourceName } from "./attack-run";
import { filledIn, type Meanings } from "./attack-words";
import { askedIn } from "./asked-of-sources";
import type { WithheldLine } from "./view";

const withheldIn = ({ body }: Outcome): WithheldLine[] =>
  (body.extensions?.["withheld"] ?? []) as WithheldLine[];
const codesIn = ({ body }: Outcome): string[] =>
  [...new Set((body.errors ?? []).map(({ extensions }) => String(extensions["code"])))].toSorted();

/** Every path with whether what `holds` says holds there; a path that leads nowhere does not hold. */
const atPaths = (
  outcome: Outcome,
  paths: readonly string[],
  holds: (value: unknown) => boolean,
): Record<string, boolean> =>
  Object.fromEntries(
    paths.map((path) => {
      const values = [...valuesAt(outcome.body.data, path).values()];
      return [path, values.length > 0 && values.every(holds)];
    }),
  );
const allTrue = (paths: readonly string[]): Record<string, boolean> =>
  Object.fromEntries(paths.map((path) => [path, true]));

/** The lines of `extensions.withheld` are exactly those that the case names. */
function expectExplained(outcome: Outcome, explained: Readonly<Record<string, string>>): void {
  const said = Object.fromEntries(
    withheldIn(outcome).map(({ path, outcome: kind, rule }) => [path.join("."), `${kind} ${rule}`]),
  );
  const expected = Object.fromEntries(
    Object.entries(explained).flatMap(([path, line]) => {
      const found = [...valuesAt(outcome.body.data, path).keys()];
      return (found.length > 0 ? found : [path]).map((one) => [one, line]);
    }),
  );
  expect(said).toEqual(expected);
}

function expectRecorded({ entries }: Outcome, recorded: NonNullable<Expectation["recorded"]>): void {
  if (recorded.length === 0) expect(entries).toEqual([]);
  for (const entry of recorded) {
    const of = entries.filter(({ source }) => source === entry.source);
    expect(of).toContainEqual(expect.objectContaining(entry));
  }
}

/** Checks an answer against what the case expects, but for what needs another answer beside it. */
export function expectAnswer(outcome: Outcome, content: AttackCase, meanings: Meanings): void {
  const { expect: wanted } = content;
  // Codes first: they say most about what went wrong.
  expect(codesIn(outcome)).toEqual(wanted.codes?.toSorted() ?? []);
  if (wanted.status !== undefined) expect(outcome.status).toBe(wanted.status);
  if (wanted.nullAt) {
    expect(atPaths(outcome, wanted.nullAt, (value) => value === null)).toEqual(allTrue(wanted.nullAt));
  }
  if (wanted.somethingAt) {
    expect(atPaths(outcome, wanted.somethingAt, isSomething)).toEqual(allTrue(wanted.somethingAt));
  }
  for (const path of wanted.notThere ?? []) {
    expect([path, [...valuesAt(outcome.body.data, path).keys()]]).toEqual([path, []]);
  }
  for (const [path, value] of Object.entries(wanted.valueAt ?? {})) {
    const values = [...valuesAt(outcome.body.data, path).values()];
    expect([path, path.includes("*") ? values : values[0]]).toEqual([path, filledIn(value, meanings)]);
  }
  const never = [...(wanted.absentEverywhere ?? []), ...(wanted.notRepeated ?? [])];
  const texts = never.map((text) => String(filledIn(text, meanings)));
  expect(texts.filter((text) => outcome.text.includes(text))).toEqual([]);
  if (wanted.explained) expectExplained(outcome, wanted.explained);
  const asked = (wanted.notAskedOf ?? []).filter((name) => (outcome.asked.get(name) ?? []).length > 0);
  expect(asked).toEqual([]);
  if (wanted.recorded) expectRecorded(outcome, filledIn(wanted.recorded, meanings) as typeof wanted.recorded);
}

/**
 * What holds for every answer: each gap is explained in two languages with its source in law, stands in the access
 * log, and was not asked of the organisation.
 */
export function expectSoundness(outcome: Outcome): void {
  for (const line of withheldIn(outcome)) {
    const { subject, organisation, category, reason, citation, next } = line;
    expect([reason.nl, reason.en, citation, ...next].filter((text) => text.trim() === "")).toEqual([]);
    expect(outcome.entries).toContainEqual(
      expect.objectContaining({
        source: organisation,
        subject: subject.id,
        withheld: expect.arrayContaining([category]) as unknown,
      }),
    );
    // What the source itself refused it was asked for.
    if (line.rule === "refused-by-source") continue;
    const asked = (outcome.asked.get(organisation as SourceName) ?? []).flatMap(askedIn);
    expect(asked).not.toContainEqual({ subject: subject.id, category });
  }
}

/** The answer without what the request itself said: its ids, its trace. */
function contentOf({ status, text }: Outcome, variables: readonly unknown[]): string {
  const said = variables.flatMap(textsIn).toSorted((one, other) => other.length - one.length);
  return `${status} ${said.reduce((rest, one) => rest.replaceAll(one, "(said)"), text)}`;
}

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return value.length > 2 ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** Two answers are the same in content and in shape, and the same organisations were asked as often. */
export function expectSame(
  [one, oneSaid]: readonly [Outcome, unknown],
  [other, otherSaid]: readonly [Outcome, unknown],
): void {
  expect(contentOf(one, [oneSaid])).toBe(contentOf(other, [otherSaid]));
  const counts = ({ asked }: Outcome): unknown => [...asked].map(([name, list]) => [name, list.length]);
  expect(counts(one)).toEqual(counts(other));
}

/** Which of the things that an attack must not get, a control got: paths that are null or empty, and texts. */
export function shownBy(
  control: Outcome,
  content: AttackCase,
  at: readonly string[] | undefined,
  meanings: Meanings,
): string[] {
  const { nullAt = [], notThere = [], absentEverywhere = [] } = content.expect;
  const there = (path: string): boolean =>
    [...valuesAt(control.body.data, path).values()].some((value) => isSomething(value));
  const shown = at
    ? at.every(there)
      ? [...nullAt, ...notThere]
      : []
    : [...nullAt, ...notThere].filter(there);
  return [
    ...shown,
    ...absentEverywhere.filter((text) => control.text.includes(String(filledIn(text, meanings)))),
  ];
}
