// The port through which a subgraph reads what an organisation already runs.

import type { FamilyDossierData } from "../contract/dossiers/family-dossier";
import type { PersonDossierData } from "../contract/dossiers/person-dossier";
import type { Found } from "./found";
import type { PersonIndex } from "./person-index";

/** A read-only view on an organisation's own system; one call is one query, however many keys it has. */
export interface OrganisationSource {
  /** Dossiers by the organisation's own case references; unknown references are absent from the answer. */
  findFamilies(caseReferences: readonly string[]): Promise<Found<FamilyDossierData>>;
  /** Dossiers by the person's pseudonym at this organisation; unknown ones are absent from the answer. */
  findPersons(pseudonyms: readonly string[]): Promise<Found<PersonDossierData>>;
  /**
   * Citizens' numbers by pseudonym, read at the moment they are asked and kept nowhere; people without one are absent.
   * Rejects when somebody may be in what could not be read. For messages that the organisation itself sends (docs/stuf.md):
   * they never go to the hub. A source without it sends none.
   */
  findNumbers?(pseudonyms: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Everybody in the system by pseudonym; a source without it cannot go over to another key. */
  readonly people?: PersonIndex;
  /** Resolves when the system can be asked; rejects with the cause otherwise. */
  ready(): Promise<void>;
  close(): Promise<void>;
}
