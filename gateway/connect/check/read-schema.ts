// Reads the schema of a subgraph: its text, and as a schema in which types and fields can be looked up.

import { buildASTSchema, extendSchema, Kind, parse, type DocumentNode, type GraphQLSchema } from "graphql";
import { SCHEMA_QUERY, type Checked } from "./checked";
import { askWith } from "./checked";
import { dataOf } from "./target";

/** The text of the schema that the subgraph gives for `_service { sdl }`; undefined when it gives none. */
export async function readSdl(checked: Checked): Promise<string | undefined> {
  const service = dataOf(await askWith(checked, SCHEMA_QUERY, []))?.["_service"];
  const sdl = (service as { sdl?: unknown } | null | undefined)?.sdl;
  return typeof sdl === "string" && sdl.trim() !== "" ? sdl : undefined;
}

/** A subgraph's schema without what Federation adds to it: the types and fields as they stand. Throws a GraphQLError. */
export function schemaOfText(sdl: string): GraphQLSchema {
  const document = parse(sdl);
  const base: DocumentNode = {
    ...document,
    definitions: document.definitions.filter((one) => one.kind !== Kind.SCHEMA_EXTENSION),
  };
  const withRoot = buildASTSchema(base, { assumeValid: true, assumeValidSDL: true });
  return withRoot.getQueryType()
    ? withRoot
    : extendSchema(withRoot, parse("type Query { _: Boolean }"), { assumeValidSDL: true });
}

type Directives = readonly {
  readonly name: { readonly value: string };
  readonly arguments?: readonly { readonly value: unknown }[];
}[];

/** The category in which a field stands, by its directives; undefined when it has none. */
export const categoryOf = (directives: Directives | undefined): string | undefined => {
  const found = directives?.find((one) => one.name.value === "category")?.arguments?.[0]?.value;
  return (found as { value?: string } | undefined)?.value;
};

const FEDERATION = /https:\/\/specs\.apollo\.dev\/federation\/v(\d{1,3}\.\d{1,3})/;

/** The version of Federation that a schema links; "1" when it links none. */
export const federationOf = (sdl: string): string => FEDERATION.exec(sdl)?.[1] ?? "1";
