// A system of a few tables, as an organisation declares them, with two cases and two people in it.

import type { SqlTables } from "../../../shared/sources/sql/tables";

/** Where things stand. */
export const TABLES: SqlTables = {
  organisation: "test",
  identities: {
    table: "deelname",
    joins: [{ table: "persoon", on: ["persoon", "nr"], columns: { bsn: "bsn" } }],
    personNumber: "persoon",
    bsn: "bsn",
    caseReference: "zaak",
    number: "plaats",
    order: ["zaak"],
  },
  family: {
    zaak: {
      table: "zaak",
      key: "zaak",
      columns: { soort: "soort", sinds: "sinds", gescheiden: "gescheiden" },
    },
    notities: {
      table: "notitie",
      key: "zaak",
      columns: { tekst: "tekst" },
      joins: [{ table: "medewerker", on: ["door", "nr"], columns: { functie: "functie" } }],
      many: true,
      order: ["-datum"],
    },
  },
  person: { persoon: { table: "persoon", key: "nr", columns: { naam: "naam" } } },
};

/** Statements that make and fill the tables, in any dialect. */
export const SETUP = [
  "CREATE TABLE zaak (zaak varchar(20) PRIMARY KEY, soort varchar(3), sinds date, gescheiden int)",
  "CREATE TABLE persoon (nr int PRIMARY KEY, bsn varchar(9), naam varchar(40))",
  "CREATE TABLE deelname (zaak varchar(20), persoon int, plaats int)",
  "CREATE TABLE medewerker (nr int PRIMARY KEY, functie varchar(3))",
  "CREATE TABLE notitie (zaak varchar(20), tekst varchar(80), datum date, door int)",
  "INSERT INTO zaak VALUES ('Z-1', 'VRB', '2020-08-31', 1), ('Z-2', 'OTS', NULL, 0)",
  "INSERT INTO persoon VALUES (1, '99992021', 'Eén'), (2, NULL, 'Twee')",
  "INSERT INTO deelname VALUES ('Z-1', 1, 1), ('Z-1', 2, 2), ('Z-2', 1, 4)",
  "INSERT INTO medewerker VALUES (7, 'GB')",
  "INSERT INTO notitie VALUES ('Z-1', 'eerst', '2020-01-01', 7), ('Z-1', 'laatst', '2020-02-02', NULL)",
];
