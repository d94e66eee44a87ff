// What the records of a system are: whole cases in which persons stand, or records of households and of persons apart.

import type { Entry } from "./entry";
import { readLayout, type Layout } from "./layout";

/** The record of a person in a system of whole cases: the case, and the person's own part of it. */
export interface PersonInCase {
  readonly case: unknown;
  readonly person: unknown;
}

/** The records of a system. */
export interface Records {
  readonly family: Layout;
  readonly person: Layout;
  /** What an expression about a person reaches by `$record`: the case, or the person's own record. */
  readonly around: Layout;
  /** Parts of a person's record: what stands around it, and its own. */
  split(record: unknown): PersonParts;
}

interface PersonParts {
  readonly around: unknown;
  readonly person: unknown;
}

const NOTHING: Layout = { kind: "part", fields: new Map() };

/** Reads the section `records`; `layoutOf` gives a layout that is described elsewhere, by its name. */
export function readRecords(
  entry: Entry | undefined,
  file: Entry,
  layoutOf?: (name: string) => Layout,
): Records {
  const form = entry?.mapOf("records", ["case", "persons", "family", "person"]) ?? {};
  if (!entry) file.fault("records: is needed, with the layout of what the source holds");
  const read = (one: Entry | undefined): Layout => {
    if (!one) return NOTHING;
    if (!one.isText || !layoutOf) return readLayout(one);
    try {
      return layoutOf(one.text("a layout") ?? "");
    } catch (error) {
      one.fault((error as Error).message);
      return NOTHING;
    }
  };
  if (form.case) {
    const family = read(form.case);
    const person = form.persons ? personsIn(family, form.persons) : NOTHING;
    if (!form.persons)
      form.case.fault("records: also needs persons, the lists of the case in which they stand");
    return {
      family,
      person,
      around: family,
      split: (record) => {
        const { case: around, person: own } = (record ?? {}) as Partial<PersonInCase>;
        return { around, person: own };
      },
    };
  }
  if (entry && (!form.family || !form.person)) {
    entry.fault("records has case and persons, or family and person");
  }
  const person = read(form.person);
  return {
    family: read(form.family),
    person,
    around: person,
    split: (record) => ({ around: record, person: record }),
  };
}

/** The layout at a path with dots. */
function layoutAt(layout: Layout, path: string): Layout | undefined {
  return path
    .split(".")
    .reduce<Layout | undefined>(
      (at, name) => (at?.kind === "part" ? at.fields.get(name) : undefined),
      layout,
    );
}

/** The fields that a person has in any of the lists. */
function personsIn(layout: Layout, entry: Entry): Layout {
  const fields = new Map<string, Layout>();
  for (const one of entry.list("persons")) {
    const name = one.text("a list") ?? "";
    const list = layoutAt(layout, name);
    if (list?.kind !== "list" || list.of.kind !== "part") {
      one.fault(`the case has no list of parts "${name}"`);
    } else {
      for (const [field, inner] of list.of.fields) fields.set(field, inner);
    }
  }
  return { kind: "part", fields };
}
