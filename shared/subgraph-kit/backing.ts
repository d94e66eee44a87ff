// What the resolvers of a subgraph stand on.

import type { OrganisationSource } from "../sources/organisation-source";

/** What the resolvers of a subgraph stand on: an organisation's source, or the stores of a register. */
export type Backing<Stores> =
  | { readonly kind: "organisation"; readonly source: OrganisationSource }
  | {
      readonly kind: "hub";
      readonly stores: Stores;
      ready(): Promise<void>;
      close(): Promise<void>;
    };
