// What a subgraph folder tells the kit about itself.

import type { NonEmptyArray } from "type-graphql";
import type { SubgraphContext } from "./context";
import type { LocalRule } from "./local-rules";

/** The type-graphql classes of one subgraph; given explicitly, so that nothing of another one leaks in. */
export interface SubgraphClasses {
  /** Name of the subgraph: the organisation's code, or the hub register. */
  readonly name: string;
  readonly resolvers: NonEmptyArray<new () => object>;
  readonly orphanedTypes: readonly object[];
  /**
   * How an entity is found by its key, per type, for the subgraph that owns it (null when there is none).
   * A subgraph that only adds fields to an entity needs none: the representation itself is the entity.
   */
  readonly references?: Readonly<Record<string, ReferenceResolver>>;
}

/** Finds an entity by its representation; batch it with the context's stores. */
export type ReferenceResolver = (
  representation: { readonly id: string },
  context: SubgraphContext<never>,
) => Promise<object | null>;

/** An organisation's subgraph reads dossiers from a source. */
export interface OrganisationDefinition extends SubgraphClasses {
  readonly kind: "organisation";
  /** The organisation's own rules, stricter than the hub's; none when left out. */
  readonly localRules?: readonly LocalRule[];
}

/** A register of the hub reads and writes the hub's own database. */
export interface HubDefinition extends SubgraphClasses {
  readonly kind: "hub";
}

export type SubgraphDefinition = OrganisationDefinition | HubDefinition;
