// The layout of records out of the OpenAPI description of an API, and whether the API has what the mapping file asks of it.

import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { SettingsError } from "../../kernel/settings";
import { valueAt } from "../case-reader";
import type { Layout } from "../mapping/layout";
import type { RestSource } from "./settings";

/** Deepest layout; a description that goes on refers to itself. */
const DEPTH_LIMIT = 12;

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** A description of an API. */
export interface ApiDescription {
  /** The layout under `#/components/schemas/<name>`; throws an Error in words when there is none. */
  layoutOf(pointer: string): Layout;
  /** Throws a SettingsError that names every path and parameter that the API does not have. */
  check(source: RestSource): void;
}

/** Reads an OpenAPI 3 document, in YAML or JSON. */
export function readApiDescription(file: string): ApiDescription {
  const document: unknown = parse(readFileSync(file, "utf8"));
  const schemaAt = (pointer: string): Schema => {
    const name = /^#\/components\/schemas\/([\w.-]+)$/.exec(pointer)?.[1];
    const schemas = valueAt(document, "components.schemas") as Record<string, Schema> | undefined;
    const found = name !== undefined && schemas && Object.hasOwn(schemas, name) ? schemas[name] : undefined;
    if (!found) throw new Error(`the description of the API has no ${pointer}`);
    return found;
  };
  const toLayout = (schema: Schema, depth: number): Layout => {
    if (depth > DEPTH_LIMIT) throw new Error("the description of the API refers to itself");
    if (schema.$ref !== undefined) return toLayout(schemaAt(schema.$ref), depth + 1);
    const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
    switch (types.find((one) => one !== "null")) {
      case "object":
        return {
          kind: "part",
          fields: new Map(
            Object.entries(schema.properties ?? {}).map(([name, one]) => [name, toLayout(one, depth + 1)]),
          ),
        };
      case "array":
        return { kind: "list", of: toLayout(schema.items ?? { type: "string" }, depth + 1) };
      case "integer":
      case "number":
        return { kind: "number" };
      case "boolean":
        return { kind: "flag" };
      case undefined:
      default:
        return toTextLayout(schema);
    }
  };
  return {
    layoutOf: (pointer) => toLayout(schemaAt(pointer), 0),
    check(source) {
      const paths = (valueAt(document, "paths") ?? {}) as Record<string, { get?: { parameters?: unknown } }>;
      const faults = [source.cases, source.identities].flatMap(({ path }) =>
        paths[path]?.get ? [] : [`source: the API has no GET ${path}`],
      );
      const parameters = paths[source.cases.path]?.get?.parameters;
      const names = (Array.isArray(parameters) ? parameters : []).map((one) => valueAt(one, "name"));
      if (faults.length === 0 && !names.includes(source.cases.references)) {
        faults.push(`source: GET ${source.cases.path} has no parameter ${source.cases.references}`);
      }
      if (faults.length > 0) throw new SettingsError(faults);
    },
  };
}

/** `format: date` is a date, `format: bsn` a BSN, and a list of values that are possible makes a code. */
function toTextLayout({ format, enum: values }: Schema): Layout {
  if (format === "date") return { kind: "date" };
  if (format === "bsn") return { kind: "bsn" };
  const codes = (values ?? []).filter((one) => typeof one === "string");
  return codes.length > 0 ? { kind: "code", codes } : { kind: "text" };
}
