// What is asked of the gateways: pieces of work of the region, and the query that gateways are commonly compared with.

import { ORGANISATION_FIELDS } from "../../kit/view";
import { VIEW } from "../kit/hub/view";
import { CASELOAD_SIZE, FAMILIES } from "./world";
import { SHOP_QUERY } from "./shop/query";

/** A piece of work. */
export interface Work {
  /** One line for the report. */
  readonly meaning: string;
  readonly operationName: string;
  readonly query: string;
  /** Asked in turn, so that no two requests under way are the same; each gives an answer as long as the others. */
  readonly variables: readonly Readonly<Record<string, unknown>>[];
}

const each = (selection: string): string =>
  ORGANISATION_FIELDS.map((field) => `${field} { ${selection} }`).join("\n");

/** What an organisation says of its involvement; the same is asked by hand. */
export const INVOLVED = "involvement { since until contactName contactPhone }";
/** What a list of families shows of a household. */
export const LISTED = "id status members { id role ageBand }";
/** The page that a caseload is. */
export const PAGE = "pageInfo { hasNextPage endCursor }";

/** Work of the region, which needs the rules. */
export const REGION_WORKS = {
  view: {
    meaning: "the combined view of one family with four children over five organisations",
    operationName: "View",
    query: VIEW,
    variables: FAMILIES.map(({ view }) => ({ id: view.familyId })),
  },
  caseload: {
    meaning: `a caseload of ${CASELOAD_SIZE} families, each with its members and who is involved`,
    operationName: "Caseload",
    query: `query Caseload($first: Int!, $after: String) {
      caseload(first: $first, after: $after) { edges { node { ${LISTED} ${each(INVOLVED)} } } ${PAGE} }
    }`,
    variables: FAMILIES.slice(0, -CASELOAD_SIZE - 1).map(({ view }) => ({
      first: CASELOAD_SIZE,
      after: view.familyId,
    })),
  },
  known: {
    meaning: "is this child known here, and to whom",
    operationName: "KnownHere",
    query: `query KnownHere($bsn: String!) { findFamily(bsn: $bsn) { id ${each(INVOLVED)} } }`,
    variables: FAMILIES.map(({ bsn }) => ({ bsn })),
  },
} as const satisfies Readonly<Record<string, Work>>;
export type RegionWork = keyof typeof REGION_WORKS;

/** Work that has nothing to do with the region: what is measured of it does not depend on rules. */
export const SHOP_WORKS = {
  shop: {
    meaning: "accounts, inventory, products and reviews: the query that gateways are commonly compared with",
    operationName: "Shop",
    query: SHOP_QUERY,
    variables: [{}],
  },
} as const satisfies Readonly<Record<string, Work>>;
export type ShopWork = keyof typeof SHOP_WORKS;
