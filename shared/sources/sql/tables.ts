// Tables of an SQL system as an organisation declares them: which parts of a record stand in which table, under which key.

/** A column of another table that a row is given, such as the function of its author. */
export interface JoinedTable {
  readonly table: string;
  /** Column of the row, and column of the other table, that are equal. */
  readonly on: readonly [string, string];
  /** Name in the record -> column of the other table. */
  readonly columns: Readonly<Record<string, string>>;
}

/** One part of a record: the rows of a table that have the key. */
export interface PartTable {
  readonly table: string;
  /** Column with the key of the record: the case reference, or the person number. */
  readonly key: string;
  /** Name in the record -> column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly joins?: readonly JoinedTable[];
  /** Whether the part is a list of rows; otherwise it is the first row, or null. */
  readonly many?: boolean;
  /** Columns that order the rows, first one first; descending with "-" before it. */
  readonly order?: readonly string[];
}

/** Where the system says who is in it. */
export interface IdentityTable {
  readonly table: string;
  readonly joins?: readonly JoinedTable[];
  /** Columns of the table, or names of joined ones. */
  readonly personNumber: string;
  readonly bsn: string;
  readonly caseReference: string;
  readonly number: string;
  readonly order?: readonly string[];
}

/** A system of tables. A record is there when the table of its first part has a row of that key. */
export interface SqlTables {
  readonly organisation: string;
  readonly identities: IdentityTable;
  /** Name of the part -> where it stands. */
  readonly family: Readonly<Record<string, PartTable>>;
  readonly person: Readonly<Record<string, PartTable>>;
}
