-- The case files of Leerplicht Utrecht in its demo: what its own system keeps, whatever it offers to others.

CREATE TABLE dossier (
  nummer         text PRIMARY KEY,
  begonnen       date,
  beeindigd      date,
  soort          text,
  contactpersoon text,
  telefoon       text,
  plan           text
);

CREATE TABLE betrokkene (
  id       text PRIMARY KEY,
  nummer   text NOT NULL REFERENCES dossier,
  volgnr   integer NOT NULL,
  bsn      char(9),
  naam     text,
  geboren  date,
  rol      text,
  school   text,
  verzuim  text
);
