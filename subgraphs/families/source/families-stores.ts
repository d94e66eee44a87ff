// What the resolvers of this register stand on.

import type { Pool } from "pg";
import type { Region } from "../../../shared/region/region";
import type { PseudonymKey } from "../../../shared/sources/pseudonym";
import type { PseudonymKeys } from "../../../shared/sources/pseudonym-keys";
import type { SubgraphContext } from "../../../shared/subgraph-kit/context";
import type { OrganisationProbe } from "./directory/probe-organisations";
import type { SearchLimit } from "./search-limit";

export interface FamiliesStores {
  /** Of the working role. */
  readonly pool: Pool;
  readonly region: Region;
}

/** The same, and what finding somebody by a BSN and the directory need. */
export interface FindingStores extends FamiliesStores {
  /** Organisation -> the key, or the valid keys, of its pseudonyms. */
  readonly pseudonymKeys: ReadonlyMap<string, PseudonymKey | PseudonymKeys>;
  readonly searchLimit: SearchLimit;
  /** How the organisations' own services are. */
  readonly probe: OrganisationProbe;
}

/** Context of every resolver here. */
export type FamiliesContext = SubgraphContext<FindingStores>;

/** What a mutation changed: the answer, and the family and person that it is about, for the access log. */
export interface Change<T> {
  readonly familyId: string;
  readonly personId?: string;
  readonly result: T;
}
