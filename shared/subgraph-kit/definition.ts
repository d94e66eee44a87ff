// What a subgraph folder tells the kit about itself.

import type { NonEmptyArray } from "type-graphql";
import type { OrganisationSource } from "../sources/organisation-source";

/** The type-graphql classes of one subgraph; given explicitly, so that nothing of another one leaks in. */
export interface SubgraphClasses {
  /** Name of the subgraph: the organisation's code, or the hub register. */
  readonly name: string;
  readonly resolvers: NonEmptyArray<new () => object>;
  readonly orphanedTypes: readonly object[];
}

/** An organisation's subgraph reads dossiers from a source. */
export interface OrganisationDefinition extends SubgraphClasses {
  readonly kind: "organisation";
}

/** A register of the hub reads and writes the hub's own database. */
export interface HubDefinition extends SubgraphClasses {
  readonly kind: "hub";
}

export type SubgraphDefinition = OrganisationDefinition | HubDefinition;

/** What the resolvers of a subgraph stand on: an organisation's source, or the stores of a register. */
export type Backing<Stores> =
  | { readonly kind: "organisation"; readonly source: OrganisationSource }
  | {
      readonly kind: "hub";
      readonly stores: Stores;
      ready(): Promise<void>;
      close(): Promise<void>;
    };
