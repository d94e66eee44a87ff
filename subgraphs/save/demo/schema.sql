-- The case management of SAVE: everything hangs on a case (zaak), people take part in it in a coded role.

CREATE TABLE mdw (
  mdw_id       integer PRIMARY KEY,
  naam         text NOT NULL,
  functie_code text NOT NULL, -- JB jeugdbeschermer, JR jeugdreclasseerder, SB SAVE-begeleider, GW gedragswetenschapper, TM teammanager
  tel          text
);

CREATE TABLE zaak (
  zaak_id       integer PRIMARY KEY,
  zaaknummer    text NOT NULL UNIQUE,
  type_code     text NOT NULL, -- VG, DR, OT, VO, JR
  dt_in         date NOT NULL,
  dt_uit        date,
  scheiding_ind char(1) NOT NULL, -- 1 ja, 0 nee, 9 onbekend
  gezin_tekst   text,
  gezag_tekst   text,
  contact_mdw   integer REFERENCES mdw,
  reg_dt        date NOT NULL,
  reg_mdw       integer REFERENCES mdw
);

CREATE TABLE persoon (
  persoon_id  integer PRIMARY KEY,
  bsn         char(9) UNIQUE,
  naam        text, -- empty for a reporter who did not give one
  geb_dt      date,
  verw_geb_dt date,
  taal_code   text, -- ISO 639-3
  tel         text,
  adres       text,
  reg_dt      date NOT NULL,
  reg_mdw     integer REFERENCES mdw
);

CREATE TABLE zaak_betrokkene (
  zaak_id       integer NOT NULL REFERENCES zaak,
  volgnr        integer NOT NULL, -- members of the household from 1; reporters and informants from 91
  persoon_id    integer NOT NULL REFERENCES persoon,
  jzr_code      text NOT NULL, -- role of the chain messages (jeugdzorgrol): 301, 112, 113, 111, 211, 391, 392
  gezag_code    text, -- EO eenhoofdig, GO gezamenlijk, GG geen gezag, NB niet te bepalen
  verblijf_code text, -- ZH, MO, VA, PG, OV, EL
  relatie_tekst text,
  anoniem_ind   boolean,
  reg_dt        date NOT NULL,
  reg_mdw       integer REFERENCES mdw,
  PRIMARY KEY (zaak_id, volgnr)
);
CREATE INDEX ON zaak_betrokkene (persoon_id);

-- Where somebody stays whose address is kept from others; while there is a row here, persoon.adres is not used.
CREATE TABLE afgeschermd_verblijf (
  persoon_id integer PRIMARY KEY REFERENCES persoon,
  plek_code  text NOT NULL, -- VO vrouwenopvang, CO crisisopvang, GP geheim pleeggezin
  adres      text NOT NULL,
  reg_dt     date NOT NULL,
  reg_mdw    integer REFERENCES mdw
);

CREATE TABLE journaal (
  journaal_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  zaak_id     integer NOT NULL REFERENCES zaak,
  dt          date NOT NULL,
  soort_code  text, -- 10, 20, 30, 40, 50
  tekst       text NOT NULL,
  reg_dt      date NOT NULL,
  reg_mdw     integer REFERENCES mdw
);
CREATE INDEX ON journaal (zaak_id);

CREATE TABLE plan (
  plan_id     integer PRIMARY KEY,
  zaak_id     integer NOT NULL REFERENCES zaak,
  versie      integer NOT NULL,
  status_code text NOT NULL, -- 1 concept, 2 vastgesteld, 3 afgesloten
  kern_tekst  text,
  veilig_kern text,
  zicht_tekst text,
  regie_mdw   integer REFERENCES mdw,
  reg_dt      date NOT NULL,
  reg_mdw     integer REFERENCES mdw,
  UNIQUE (zaak_id, versie)
);

CREATE TABLE plan_regel (
  regel_id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  plan_id    integer NOT NULL REFERENCES plan,
  regel_type char(1) NOT NULL CHECK (regel_type IN ('A', 'V', 'D')), -- afspraak, veiligheidsafspraak, doel
  persoon_id integer REFERENCES persoon, -- with a D
  tekst      text NOT NULL,
  stand_code text -- 0 open, 1 loopt, 2 behaald, 3 vervallen
);
CREATE INDEX ON plan_regel (plan_id);
CREATE INDEX ON plan_regel (persoon_id);

CREATE TABLE taxatie (
  taxatie_id      integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  persoon_id      integer NOT NULL REFERENCES persoon,
  instrument_code text NOT NULL, -- AV ARIJ, SV schaalvraag
  cijfer          numeric,
  kern_tekst      text,
  dt              date NOT NULL,
  reg_dt          date NOT NULL,
  reg_mdw         integer REFERENCES mdw
);
CREATE INDEX ON taxatie (persoon_id);

CREATE TABLE beschikking (
  beschikking_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  persoon_id     integer NOT NULL REFERENCES persoon,
  soort_code     text NOT NULL, -- OTS, VOT, MUH, VGD, JR
  nr             text NOT NULL,
  dt_in          date NOT NULL,
  dt_uit         date,
  status_code    text NOT NULL, -- L lopend, V verlenging gevraagd, E geeindigd
  reg_dt         date NOT NULL,
  reg_mdw        integer REFERENCES mdw
);
CREATE INDEX ON beschikking (persoon_id);

CREATE TABLE rapportage (
  rapportage_id  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  zaak_id        integer NOT NULL REFERENCES zaak,
  titel          text NOT NULL,
  conclusie      text,
  dt_af          date,
  status_code    text NOT NULL, -- L loopt, A afgerond, H hergebruikt
  reg_dt         date NOT NULL,
  reg_mdw        integer REFERENCES mdw
);
CREATE INDEX ON rapportage (zaak_id);

CREATE TABLE signaal (
  signaal_id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  zaak_id      integer NOT NULL REFERENCES zaak,
  soort_code   text, -- what it is about, never who brought it: Z verzorging, V veiligheid, O ontwikkeling
  dt           date NOT NULL,
  tekst        text NOT NULL,
  uitkomst_tekst text,
  reg_dt       date NOT NULL,
  reg_mdw      integer REFERENCES mdw
);
CREATE INDEX ON signaal (zaak_id);

CREATE TABLE justitie_info (
  info_id    integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  zaak_id    integer NOT NULL REFERENCES zaak,
  persoon_id integer REFERENCES persoon, -- empty: about the household
  soort_code text, -- HV huisverbod, CV contactverbod, PM politiemutatie, AA aangifte
  dt         date,
  tekst      text NOT NULL,
  reg_dt     date NOT NULL,
  reg_mdw    integer REFERENCES mdw
);
CREATE INDEX ON justitie_info (zaak_id);
CREATE INDEX ON justitie_info (persoon_id);

-- Life domains (leefgebieden) of the chain messages, of the household.
CREATE TABLE leefgebied (
  zaak_id     integer NOT NULL REFERENCES zaak,
  gebied_code char(2) NOT NULL CHECK (gebied_code IN ('01', '04', '06')), -- financien, werk, wonen
  tekst       text NOT NULL,
  reg_dt      date NOT NULL,
  reg_mdw     integer REFERENCES mdw,
  PRIMARY KEY (zaak_id, gebied_code)
);

CREATE TABLE gezondheidskenmerk (
  kenmerk_id   integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  persoon_id   integer NOT NULL REFERENCES persoon,
  gebied_code  char(2) NOT NULL, -- 08 psychisch, 09 lichamelijk, 10 middelengebruik
  kenmerk_code text, -- LVB, ASS, PTS, DEP, HEC, OWA
  tekst        text,
  reg_dt       date NOT NULL,
  reg_mdw      integer REFERENCES mdw
);
CREATE INDEX ON gezondheidskenmerk (persoon_id);

CREATE TABLE schoolgegeven (
  gegeven_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  persoon_id integer NOT NULL REFERENCES persoon,
  soort_code char(1) NOT NULL, -- S school, V verzuim, B begeleiding
  tekst      text NOT NULL,
  reg_dt     date NOT NULL,
  reg_mdw    integer REFERENCES mdw
);
CREATE INDEX ON schoolgegeven (persoon_id);
