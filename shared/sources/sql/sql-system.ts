// What an organisation says about its own PostgreSQL system, so that one query can answer for any number of keys.

/** The three questions to an organisation's system. */
export interface SqlQueries {
  /** Code of the organisation. */
  readonly organisation: string;
  /** Everybody: columns person_number, bsn (null without one), case_reference, number (in the case). */
  readonly identityQuery: string;
  /** $1 = case references (text[]); columns case_reference, record (jsonb). One row per known case. */
  readonly familyQuery: string;
  /**
   * $1 = person numbers (text[]); the columns of `identityQuery` and record (jsonb). One row per known person.
   * The record MUST NOT hold the BSN: it is what the mapping sees.
   */
  readonly personQuery: string;
}

/** A system of which the mapping file says how its answers become dossiers; the file is read and checked at start. */
export interface SqlSystem extends SqlQueries {
  readonly mappingFile: string;
}
