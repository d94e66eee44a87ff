-- The file system of Lokalis: one household (huishouden) per file, normalised, everything with author and day.

CREATE TABLE medewerkers (
  medewerkernummer integer PRIMARY KEY,
  naam             text NOT NULL,
  functie          text NOT NULL, -- GW gezinswerker, GD gedragsdeskundige, TL teamleider
  telefoon         text
);

CREATE TABLE huishoudens (
  dossiernummer     text PRIMARY KEY,
  wijkteam          text NOT NULL,
  samenstelling     text,
  ouders_gescheiden char(1) NOT NULL, -- J ja, N nee, O onbekend
  gezag_toelichting text,
  soort_hulp        text, -- OPV, SCH, VEI, STA, VRA
  aanvang           date NOT NULL,
  einde             date,
  contactpersoon    integer REFERENCES medewerkers,
  vastgelegd_op     date NOT NULL,
  vastgelegd_door   integer REFERENCES medewerkers
);

CREATE TABLE clienten (
  clientnummer       integer PRIMARY KEY,
  dossiernummer      text NOT NULL REFERENCES huishoudens,
  volgnummer         integer NOT NULL, -- place in the file; also names somebody without BSN
  bsn                char(9) UNIQUE,
  voornaam           text NOT NULL,
  tussenvoegsel      text,
  achternaam         text NOT NULL,
  geboortedatum      date,
  uitgerekende_datum date,
  taal               text,
  telefoon           text,
  adres              text,
  rol                text NOT NULL, -- KIND, ONG, OMG, OZG, OGO, PLO, STO
  gezag              text, -- EEN, GEZ, GEEN, ONB
  woont_bij          text,
  vastgelegd_op      date NOT NULL,
  vastgelegd_door    integer REFERENCES medewerkers,
  UNIQUE (dossiernummer, volgnummer)
);

CREATE TABLE gezinsplannen (
  plannummer       integer PRIMARY KEY,
  dossiernummer    text NOT NULL REFERENCES huishoudens,
  samenvatting     text,
  stand            text, -- CON concept, VAS vastgesteld, EVA geevalueerd, AFG afgerond
  casusregisseur   integer REFERENCES medewerkers,
  vastgelegd_op    date NOT NULL,
  vastgelegd_door  integer REFERENCES medewerkers
);
CREATE INDEX ON gezinsplannen (dossiernummer);

CREATE TABLE gezinsplan_afspraken (
  volgorde   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plannummer integer NOT NULL REFERENCES gezinsplannen,
  tekst      text NOT NULL
);
CREATE INDEX ON gezinsplan_afspraken (plannummer);

CREATE TABLE doelen (
  doelnummer      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  clientnummer    integer NOT NULL REFERENCES clienten,
  tekst           text NOT NULL,
  stand           text, -- OPEN, BEZIG, GEHAALD, GESTOPT
  vastgelegd_op   date NOT NULL,
  vastgelegd_door integer REFERENCES medewerkers
);
CREATE INDEX ON doelen (clientnummer);

CREATE TABLE contactnotities (
  notitienummer   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dossiernummer   text NOT NULL REFERENCES huishoudens,
  datum           date NOT NULL,
  soort           text, -- HB, TEL, TEAM, SCH, BEZ, OVL
  tekst           text NOT NULL,
  vastgelegd_op   date NOT NULL,
  vastgelegd_door integer REFERENCES medewerkers
);
CREATE INDEX ON contactnotities (dossiernummer);

CREATE TABLE veiligheidsplannen (
  plannummer           integer PRIMARY KEY,
  dossiernummer        text NOT NULL REFERENCES huishoudens,
  samenvatting         text,
  zicht_op_veiligheid  text,
  vastgelegd_op        date NOT NULL,
  vastgelegd_door      integer REFERENCES medewerkers
);
CREATE INDEX ON veiligheidsplannen (dossiernummer);

CREATE TABLE veiligheidsafspraken (
  volgorde   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plannummer integer NOT NULL REFERENCES veiligheidsplannen,
  tekst      text NOT NULL
);
CREATE INDEX ON veiligheidsafspraken (plannummer);

CREATE TABLE veiligheidscijfers (
  cijfernummer    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  clientnummer    integer NOT NULL REFERENCES clienten,
  cijfer          integer, -- 0 to 10, from a scaling question
  toelichting     text,
  datum           date NOT NULL,
  vastgelegd_op   date NOT NULL,
  vastgelegd_door integer REFERENCES medewerkers
);
CREATE INDEX ON veiligheidscijfers (clientnummer);

-- What the team itself recorded of a concern; who brought it stands apart, in informanten.
CREATE TABLE signalen (
  signaalnummer   integer PRIMARY KEY,
  dossiernummer   text NOT NULL REFERENCES huishoudens,
  soort           text, -- what it is about, never who brought it: ZM zorgmelding, VER, VEI, ONT
  datum           date NOT NULL,
  inhoud          text NOT NULL,
  uitkomst        text,
  vastgelegd_op   date NOT NULL,
  vastgelegd_door integer REFERENCES medewerkers
);
CREATE INDEX ON signalen (dossiernummer);

CREATE TABLE informanten (
  informantnummer  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  signaalnummer    integer NOT NULL REFERENCES signalen,
  naam             text,
  relatie          text,
  telefoon         text,
  blijft_onbekend  boolean NOT NULL,
  vastgelegd_op    date NOT NULL,
  vastgelegd_door  integer REFERENCES medewerkers
);
CREATE INDEX ON informanten (signaalnummer);

-- Received police reports: about the household, or about one client of it.
CREATE TABLE politiemeldingen (
  meldingnummer   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  dossiernummer   text NOT NULL REFERENCES huishoudens,
  clientnummer    integer REFERENCES clienten,
  soort           text, -- ZM zorgmelding, MUT mutatie, HUISV huisverbod
  gebeurd_op      date,
  samenvatting    text NOT NULL,
  vastgelegd_op   date NOT NULL,
  vastgelegd_door integer REFERENCES medewerkers
);
CREATE INDEX ON politiemeldingen (dossiernummer);
CREATE INDEX ON politiemeldingen (clientnummer);

CREATE TABLE leefsituaties (
  dossiernummer   text PRIMARY KEY REFERENCES huishoudens,
  wonen           text,
  inkomen         text,
  schulden        text,
  vastgelegd_op   date NOT NULL,
  vastgelegd_door integer REFERENCES medewerkers
);

CREATE TABLE onderwijs (
  clientnummer    integer PRIMARY KEY REFERENCES clienten,
  school          text,
  verzuim         text,
  ondersteuning   text,
  vastgelegd_op   date NOT NULL,
  vastgelegd_door integer REFERENCES medewerkers
);

CREATE TABLE gezondheid (
  clientnummer    integer PRIMARY KEY REFERENCES clienten,
  samenvatting    text NOT NULL,
  diagnoses       text[],
  vastgelegd_op   date NOT NULL,
  vastgelegd_door integer REFERENCES medewerkers
);

-- Measures that the team knows of; others execute them.
CREATE TABLE maatregelen (
  maatregelnummer     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  clientnummer        integer NOT NULL REFERENCES clienten,
  soort               text NOT NULL, -- OTS, VOTS, MUHP, VOOG
  beschikkingsnummer  text,
  van                 date,
  tot                 date,
  stand               text, -- AAN aangevraagd, LOP lopend, BEE beeindigd
  vastgelegd_op       date NOT NULL,
  vastgelegd_door     integer REFERENCES medewerkers
);
CREATE INDEX ON maatregelen (clientnummer);
