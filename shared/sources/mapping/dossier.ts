// A dossier in a mapping file: each of its fields is mapped, or the file says why there is nothing of it.

import type { DossierField } from "./contract";
import type { Entry } from "./entry";
import { compileItems, take, type Item, type MakeItems, type Making, type Origin } from "./item";
import { compileValue, isThere, type Value, type ValueScope } from "./values";

interface DossierContext {
  readonly organisation: string;
  readonly origin: Origin;
  readonly scope: ValueScope;
}

/** What local rules of an organisation look at; no field gives it. */
const MARKS = "marks";

/** Compiles a dossier. A field of which nothing is said is a fault: a category would be missing without a word. */
export function compileDossier(
  entry: Entry,
  name: "family" | "person",
  fields: Readonly<Record<string, DossierField>>,
  context: DossierContext,
): (making: Making) => Item {
  const given = sectionOf(entry, name, [...Object.keys(fields), MARKS]);
  const makers: { field: string; many: boolean; make: MakeItems | undefined }[] = [];
  for (const [field, declared] of Object.entries(fields)) {
    const said = given[field];
    if (!said) {
      entry.fault(
        `nothing is said of ${name}.${field} (${declared.category}): map it, or write none with the reason`,
      );
      continue;
    }
    makers.push({
      field,
      many: declared.many,
      make: isNone(said) ? undefined : compile(said, field, declared),
    });
  }
  function compile(said: Entry, field: string, declared: DossierField): MakeItems {
    return compileItems(said, `${name}.${field}`, declared, context);
  }
  const marks = compileMarks(given[MARKS], context.scope);
  return (making) => {
    const dossier: Item = {};
    for (const { field, many, make } of makers) {
      if (!make) dossier[field] = many ? [] : null;
      else addItems(dossier, field, many, make, making);
    }
    if (marks.length > 0) addMarks(dossier, marks, making);
    return dossier;
  };
}

function sectionOf(entry: Entry, name: string, names: readonly string[]): Partial<Record<string, Entry>> {
  // The whole file stands for a section that is not there: its line is the best there is.
  return entry.isMap && !entry.map(name).has("organisation") ? entry.mapOf<string>(name, names) : {};
}

/** `none: <reason>`: the organisation keeps nothing of the kind. */
function isNone(said: Entry): boolean {
  if (!said.isMap) return false;
  const none = said.map("a field").get("none");
  none?.text("the reason");
  return none !== undefined;
}

/** The items of all forms in their order, or the one item: when all are there, and before where none has to come. */
function addItems(dossier: Item, field: string, many: boolean, make: MakeItems, making: Making): void {
  const lists = make(making);
  const add = (): void => {
    dossier[field] = many ? lists.flat() : (lists[0]?.[0] ?? null);
  };
  add();
  making.last.push(add);
}

function compileMarks(entry: Entry | undefined, scope: ValueScope): { mark: string; when: Value }[] {
  if (!entry) return [];
  return entry.pairs(MARKS).flatMap(([mark, condition]) => {
    const when = compileValue(condition, scope);
    return when ? [{ mark, when }] : [];
  });
}

function addMarks(dossier: Item, marks: readonly { mark: string; when: Value }[], making: Making): void {
  const found: string[] = [];
  dossier[MARKS] = found;
  for (const { mark, when } of marks) {
    take(when, { ...making.place, day: null }, making, (is) => {
      if (isThere(is)) found.push(mark);
    });
  }
}
