// One field of a dossier in a mapping file: on which part of the record it stands, and the values of its items.

import { scoreOf } from "../dossier-item";
import type { RecordFaults } from "../record-faults";
import { NO_TEXT, ORIGIN_FIELDS, type DossierField, type ItemFields } from "./contract";
import type { Entry } from "./entry";
import type { Place } from "./expression";
import type { Layout } from "./layout";
import { fitting, fits } from "./fitting";
import { compileValue, isThere, type Value, type ValuePlace, type ValueScope } from "./values";

/** An item of a dossier while it is made. */
export type Item = Record<string, unknown>;

/** What is made of one record. */
export interface Making {
  readonly place: Place;
  readonly faults: RecordFaults;
  /** What has to be waited for before the dossier is whole; it may add more. MUST NOT reject. */
  readonly later: Promise<void>[];
  /** What is left to do when nothing has to be waited for any more. */
  readonly last: (() => void)[];
}

/** Makes the items of a field, one list for each form. The lists are whole when `later` is done. */
export type MakeItems = (making: Making) => Item[][];

/** What an item says of its origin, where it says nothing else. */
export type Origin = Partial<Record<string, Entry>>;

/** Names of an item that are no values of the contract. */
const STANDING = ["from", "each", "where", "whereNot", "when"] as const;

interface ItemContext {
  readonly organisation: string;
  readonly origin: Origin;
  readonly scope: ValueScope;
}

/** Compiles the items of a field: one, or for a list any number of forms one after the other. */
export function compileItems(
  entry: Entry,
  name: string,
  field: DossierField,
  context: ItemContext,
): MakeItems {
  const forms = field.many && entry.isList ? entry.list(name) : [entry];
  const makers = forms.map((form) => compileForm(form, name, field, context));
  return (making) => makers.map((make) => make(making));
}

function compileForm(
  entry: Entry,
  name: string,
  field: DossierField,
  context: ItemContext,
): (making: Making) => Item[] {
  const names = [...STANDING, ...Object.keys(ORIGIN_FIELDS), ...Object.keys(field.fields)];
  const form = entry.mapOf<string>(name, names);
  const { scope } = context;
  const stands = form["each"] ?? form["from"];
  if (form["each"] && !field.many) form["each"].fault(`${name} is one item: it has "from", not "each"`);
  const parts = stands && compileValue(stands, scope);
  const type = parts ? itemTypeOf(parts) : scope.part;
  if (stands && parts?.kind !== undefined && parts.kind !== "part" && parts.kind !== "parts") {
    stands.fault(`${name} must stand on a part of the record, not on a ${parts.kind}`);
  }
  if (parts?.kind === "parts" && !field.many) {
    stands?.fault(`${name} is one item, and this is a list; say which one of it`);
  }
  const inItem: ValueScope = { ...scope, part: type };
  const matches = compileWhere(form["where"], scope, inItem);
  const excludes = form["whereNot"] && compileWhere(form["whereNot"], scope, inItem);
  const when = form["when"] && compileValue(form["when"], inItem);
  const make = compileFields(form, field.fields, { ...context, scope: inItem }, entry);
  const keep = when ? filtered(make, when) : make;
  return (making) => {
    const items: Item[] = [];
    const takeAll = (found: unknown): void => {
      for (const part of asList(found)) {
        const { place } = making;
        if (matches(part, place) && !excludes?.(part, place)) keep(items, part, making);
      }
    };
    if (!parts) takeAll(making.place.part);
    else take(parts, { ...making.place, day: null }, making, takeAll);
    return items;
  };
}

const asList = (found: unknown): readonly unknown[] => {
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? (found as readonly unknown[]) : [found];
};

function itemTypeOf({ type }: Value): Layout | undefined {
  return type?.kind === "list" ? type.of : type;
}

/** `where`: fields of the item that are equal to values of the record, or to one of them where that is a list. */
function compileWhere(
  entry: Entry | undefined,
  scope: ValueScope,
  inItem: ValueScope,
): (part: unknown, place: Place) => boolean {
  if (!entry) return () => true;
  const pairs = entry.pairs("where").flatMap(([field, value]) => {
    const wanted = compileValue(value, scope);
    const item = inItem.part;
    if (item?.kind === "part" && !item.fields.has(field)) {
      value.fault(`the layout has no field "${field}" there; it has ${[...item.fields.keys()].join(", ")}`);
    }
    if (wanted?.waits) value.fault("where compares with a plain path; use an expression in each instead");
    return wanted && !wanted.waits ? [{ field, wanted }] : [];
  });
  return (part, place) =>
    pairs.every(({ field, wanted }) => {
      const found = (part as Record<string, unknown>)[field];
      return found !== undefined && asList(wanted.read({ ...place, day: null })).includes(found);
    });
}

/**
 * Gives what a value reads to `use`, at once or later. An expression that fails on a record gives nothing; its error may
 * quote the record, and goes nowhere.
 */
export function take(
  value: Value,
  place: ValuePlace,
  { later, faults }: Pick<Making, "later" | "faults">,
  use: (read: unknown) => void,
): void {
  if (!value.waits) return use(value.read(place));
  later.push(
    (async () => {
      let read: unknown;
      try {
        read = await value.read(place);
      } catch {
        faults.add("expression");
      }
      use(read);
    })(),
  );
}

type MakeItem = (items: Item[], part: unknown, making: Making) => void;

/** Keeps an item only where its condition holds. */
function filtered(make: MakeItem, when: Value): MakeItem {
  return (items, part, making) =>
    take(when, { ...making.place, part, day: null }, making, (is) => {
      if (isThere(is)) make(items, part, making);
    });
}

function compileFields(
  form: Partial<Record<string, Entry>>,
  fields: ItemFields,
  { organisation, origin, scope }: ItemContext,
  entry: Entry,
): MakeItem {
  const values = Object.entries({ ...ORIGIN_FIELDS, ...fields }).map(([name, kind]) => {
    const given = form[name] ?? (Object.hasOwn(ORIGIN_FIELDS, name) ? origin[name] : undefined);
    const value = given && compileValue(given, scope);
    const plain = kind === "text!" ? "text" : kind;
    if (kind === "text!" && !given) entry.fault(`${name} must be there: say where it stands`);
    if (given && value && !fits(plain, value.kind)) {
      given.fault(`${name} is a ${plain} in the contract, and this is a ${value.kind ?? ""}`);
    }
    if (name === "recordedOn" && value?.waits) given?.fault("recordedOn must be a plain path");
    return { name, kind: plain, value, otherwise: kind === "text!" ? NO_TEXT : null };
  });
  const recordedOn = values.find(({ name }) => name === "recordedOn")?.value;
  const hasScore = values.some(({ kind }) => kind === "score");
  return (items, part, making) => {
    const { place: around, faults } = making;
    const place: ValuePlace = { part, record: around.record, person: around.person, day: null };
    const day = recordedOn?.waits === false ? fitting("date", recordedOn.read(place), faults) : null;
    const dated: ValuePlace = { ...place, day: typeof day === "string" ? day : null };
    const item: Item = { organisation };
    items.push(item);
    for (const { name, kind, value, otherwise } of values) {
      item[name] = name === "recordedOn" ? day : otherwise;
      if (value && name !== "recordedOn") {
        take(value, dated, making, (read) => {
          item[name] = fitting(kind, read, faults) ?? otherwise;
        });
      }
    }
    if (hasScore) making.last.push(() => keepToScale(item));
  };
}

/** Both values first, then whether the score is one. */
function keepToScale(item: Item): void {
  const { score, sentence } = item as { score: number | null; sentence: string | null };
  Object.assign(item, scoreOf(score, sentence));
}
