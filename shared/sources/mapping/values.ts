// The forms in which a mapping file gives one value of the contract.

import { sayOfCode, SHARED_LISTS, TEXT, type MappedCodes } from "./code-lists";
import type { ValueKind } from "./contract";
import type { Entry } from "./entry";
import { compileExpression, type Place } from "./expression";
import type { Surroundings } from "./expression-type";
import type { Layout } from "./layout";

/** A place, and the day on which its item was recorded, for codes that hold on some days only. */
export interface ValuePlace extends Place {
  readonly day: string | null;
}

/** A compiled value. `kind` is what it gives, where that can be told. */
export interface Value {
  readonly waits: boolean;
  readonly read: (place: ValuePlace) => unknown;
  readonly kind: ValueKind | "number" | "part" | "parts" | undefined;
  /** Of an expression, what it gives as far as the layout tells. */
  readonly type?: Layout | undefined;
}

/** What the values of a file share. */
export interface ValueScope extends Surroundings {
  readonly codes: ReadonlyMap<string, MappedCodes>;
  /** Lists that some value uses. */
  readonly used: Set<string>;
}

const FORMS = ["text", "code", "in", "give", "join", "of", "first", "value", "when", "unless"] as const;
type Form = Partial<Record<(typeof FORMS)[number], Entry>>;

/** Compiles a value; a form that there is not is a fault. */
export function compileValue(entry: Entry, scope: ValueScope): Value | undefined {
  if (!entry.isMap) {
    const expression = compileExpression(entry, scope);
    return expression && { ...expression, kind: kindOf(expression.type) };
  }
  const form = entry.mapOf("a value", FORMS);
  if (form.text) return constant(form.text.text("text"));
  if (form.code) return compileCode(form, entry, scope);
  if (form.join) return compileJoin(form, entry, scope);
  if (form.first) return compileFirst(form.first, scope);
  if (form.value) return compileCondition(form, form.value, scope);
  return entry.fault("a value is an expression, or has one of: text, code, join, first, value");
}

const constant = (text: string | undefined): Value => ({ waits: false, read: () => text, kind: "text" });

function kindOf(type: Layout | undefined): Value["kind"] {
  switch (type?.kind) {
    case undefined:
    case "bsn":
      return undefined;
    case "code":
      return "text";
    case "part":
      return "part";
    case "list":
      return type.of.kind === "part" ? "parts" : "texts";
    case "text":
    case "number":
    case "date":
    case "flag":
      return type.kind;
  }
}

/** Gives a value on, also where it has to be waited for. */
function after(value: Value, then: (read: unknown, place: ValuePlace) => unknown): Value["read"] {
  if (!value.waits) return (place) => then(value.read(place), place);
  return async (place) => then(await value.read(place), place);
}

function compileCode(form: Form, entry: Entry, scope: ValueScope): Value | undefined {
  const code = form.code && compileValue(form.code, scope);
  const name = form.in?.text("in");
  const about = form.give?.text("give") ?? TEXT;
  if (!form.in) return entry.fault("a code needs `in`: the list that has its words");
  const list = name === undefined ? undefined : (scope.codes.get(name) ?? SHARED_LISTS.get(name));
  if (name !== undefined) scope.used.add(name);
  if (!list) return form.in.fault(`there is no code list ${name ?? ""}`);
  const meanings = [...list.values()].flat();
  if (about !== TEXT && !meanings.some(({ says }) => says.has(about))) {
    return entry.fault(`no code of ${name ?? ""} says "${about}"`);
  }
  if (form.code) checkPossible(form.code, name ?? "", list, code?.type);
  const say = (one: unknown, { day }: ValuePlace): string | null =>
    typeof one === "string" || typeof one === "number" ? sayOfCode(list, String(one), about, day) : null;
  return (
    code && {
      waits: code.waits,
      kind: code.kind === "texts" ? "texts" : "text",
      read: after(code, (read, place) =>
        Array.isArray(read)
          ? read.flatMap((one) => say(one, place) ?? [])
          : read === undefined || read === null
            ? null
            : say(read, place),
      ),
    }
  );
}

/** Where the layout says which codes can occur, the list has words for each of them, and for no other. */
function checkPossible(entry: Entry, name: string, list: MappedCodes, type: Layout | undefined): void {
  const field = type?.kind === "list" ? type.of : type;
  if (field?.kind !== "code" || field.codes.length === 0) return;
  const missing = field.codes.filter((code) => !list.has(code));
  const never = [...list.keys()].filter((code) => !field.codes.includes(code));
  if (missing.length > 0) entry.fault(`${name} has no words for ${missing.join(", ")}`);
  if (never.length > 0) entry.fault(`${never.join(", ")} of ${name} cannot occur in this field`);
}

function compileAll(entry: Entry, what: string, scope: ValueScope): Value[] {
  return entry.list(what).flatMap((one) => compileValue(one, scope) ?? []);
}

/** Texts put together; what is not there leaves no separator behind. */
function compileJoin(form: Form, entry: Entry, scope: ValueScope): Value | undefined {
  const separator = form.join?.plain();
  if (typeof separator !== "string") return entry.fault("a join is the text between the values");
  if (!form.of) return entry.fault("a join needs `of`: the values to put together");
  const values = compileAll(form.of, "of", scope);
  const put = (read: readonly unknown[]): string | null =>
    read
      .flat()
      .filter((one) => one !== null && one !== undefined && one !== "")
      .map(String)
      .join(separator) || null;
  const waits = values.some((value) => value.waits);
  return {
    waits,
    kind: "text",
    read: waits
      ? async (place) => put(await Promise.all(values.map((value) => value.read(place))))
      : (place) => put(values.map((value) => value.read(place))),
  };
}

/** The first value that there is. */
function compileFirst(entry: Entry, scope: ValueScope): Value {
  const values = compileAll(entry, "first", scope);
  const kinds = new Set(values.map((value) => value.kind));
  const waits = values.some((value) => value.waits);
  const kind = kinds.size === 1 ? values[0]?.kind : undefined;
  if (!waits) {
    return {
      waits,
      kind,
      read: (place) => {
        for (const value of values) {
          const read = value.read(place) ?? null;
          if (read !== null) return read;
        }
        return null;
      },
    };
  }
  return {
    waits,
    kind,
    read: async (place) => {
      for (const value of values) {
        const read = (await value.read(place)) ?? null;
        if (read !== null) return read;
      }
      return null;
    },
  };
}

/** Whether something is there: neither nothing, nor false, nor an empty list. */
export const isThere = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== false &&
  value !== "" &&
  !(Array.isArray(value) && value.length === 0);

/** A value that is only given when, or unless, something is there. */
function compileCondition(form: Form, given: Entry, scope: ValueScope): Value | undefined {
  const value = compileValue(given, scope);
  const when = form.when && compileValue(form.when, scope);
  const unless = form.unless && compileValue(form.unless, scope);
  if (!value) return undefined;
  const conditions = [when, unless].filter((one) => one !== undefined);
  const waits = value.waits || conditions.some((one) => one.waits);
  if (!waits) {
    return {
      ...value,
      read: (place) =>
        (when && !isThere(when.read(place))) || (unless && isThere(unless.read(place)))
          ? null
          : value.read(place),
    };
  }
  return {
    waits,
    kind: value.kind,
    read: async (place) =>
      (when && !isThere(await when.read(place))) || (unless && isThere(await unless.read(place)))
        ? null
        : await value.read(place),
  };
}
