// Reads out of a source's errors what it refused by rules of its own. A refusal is believed where the source was asked,
// and only with nothing in its place; what else it says is not read.

import { Kind, type SelectionNode } from "graphql";
import { isCode, type Category } from "../../shared/kernel/codes";
import { RefusalReason } from "../../shared/kernel/refusal-reason";
import { findField, type SchemaIndex } from "./schema-index";
import type { SubgraphError } from "./subgraph-client";

type Json = Readonly<Record<string, unknown>>;

/** The dossiers that were asked of one entity, by response key: the category of each field, by response key. */
export type AskedDossiers = ReadonlyMap<string, ReadonlyMap<string, Category>>;

/** Entities that were asked the same. */
export interface AskedGroup {
  readonly permitted: ReadonlySet<Category>;
  readonly dossiers: AskedDossiers;
}

/** A refusal of one entity of a group. */
export interface Refusal {
  readonly group: number;
  readonly position: number;
  readonly categories: readonly Category[];
  readonly reason: RefusalReason;
}

/** The errors of an answer: refusals that are believed, and the number of all others. */
export interface ReadErrors {
  readonly refusals: readonly Refusal[];
  readonly others: number;
}

/** The dossiers in what was asked of an entity of `type`. */
export function dossiersIn(
  index: SchemaIndex,
  type: string,
  selections: readonly SelectionNode[],
): AskedDossiers {
  const dossiers = new Map<string, Map<string, Category>>();
  for (const { key, name, selected } of fieldsIn(selections)) {
    const field = findField(index, type, name);
    if (!field || !index.dossiers.has(field.type)) continue;
    const categories = dossiers.get(key) ?? new Map<string, Category>();
    dossiers.set(key, categories);
    for (const inner of fieldsIn(selected)) {
      const category = findField(index, field.type, inner.name)?.category;
      if (category) categories.set(inner.key, category);
    }
  }
  return dossiers;
}

interface AskedField {
  readonly key: string;
  readonly name: string;
  readonly selected: readonly SelectionNode[];
}

function fieldsIn(selections: readonly SelectionNode[]): AskedField[] {
  return selections.flatMap((node): AskedField[] => {
    if (node.kind === Kind.FRAGMENT_SPREAD) throw new Error("A fetch holds a named fragment.");
    const selected = node.selectionSet?.selections ?? [];
    if (node.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selected);
    return [{ key: node.alias?.value ?? node.name.value, name: node.name.value, selected }];
  });
}

/**
 * Reads the errors of an answer of which the entities are known to fit. An error is a refusal when it has the code
 * SOURCE_REFUSED and the path of a dossier, or of a categorised field in one, that was asked. Gives undefined when the
 * answer contradicts itself: a dossier that is refused and there.
 */
export function readRefusals(
  groups: readonly AskedGroup[],
  given: readonly (readonly (Json | null)[])[],
  errors: readonly SubgraphError[],
): ReadErrors | undefined {
  const refusals: Refusal[] = [];
  let others = 0;
  for (const error of errors) {
    const refused =
      error.extensions?.["code"] === "SOURCE_REFUSED" ? placeOf(groups, given, error) : undefined;
    if (refused === "CONTRADICTION") return undefined;
    if (refused) refusals.push(refused);
    else others += 1;
  }
  return { refusals, others };
}

function placeOf(
  groups: readonly AskedGroup[],
  given: readonly (readonly (Json | null)[])[],
  { path = [], extensions }: SubgraphError,
): Refusal | "CONTRADICTION" | undefined {
  const [alias, position, dossierKey, fieldKey] = path;
  const group = groups.findIndex((_, number) => alias === `g${number}`);
  const asked = groups[group];
  const entity = typeof position === "number" ? given[group]?.[position] : undefined;
  const fields = typeof dossierKey === "string" ? asked?.dossiers.get(dossierKey) : undefined;
  if (!asked || entity === undefined || typeof position !== "number" || !fields || path.length > 4) {
    return undefined;
  }
  const code = extensions?.["reason"];
  const reason = isCode(RefusalReason, code) ? code : "OWN_POLICY";
  const dossier = entity?.[String(dossierKey)] ?? null;
  if (path.length === 3) {
    if (dossier !== null) return "CONTRADICTION";
    const shows: readonly Category[] = asked.permitted.has("INVOLVEMENT") ? ["INVOLVEMENT"] : [];
    return { group, position, categories: [...new Set([...shows, ...fields.values()])], reason };
  }
  const category = typeof fieldKey === "string" ? fields.get(fieldKey) : undefined;
  return category && dossier !== null ? { group, position, categories: [category], reason } : undefined;
}

/** Is there something of a category that is refused in what a source gave of an entity? */
export function holdsRefused(
  entity: Json | null,
  dossiers: AskedDossiers,
  isRefused: (category: Category) => boolean,
): boolean {
  return [...dossiers].some(([key, fields]) => {
    const dossier = entity?.[key] as Json | null | undefined;
    return [...fields].some(([name, category]) => isRefused(category) && (dossier?.[name] ?? null) !== null);
  });
}
