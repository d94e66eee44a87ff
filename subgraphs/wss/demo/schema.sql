-- The nightly export of the William Schrikker Stichting, loaded as it comes out of its CSV file: one line per person
-- per case, text only. What concerns the case is repeated on each of its lines. Dates are dd-mm-jjjj, flags J or N,
-- lists have ";" between items and "|" between the parts of an item, an empty value is empty text.

CREATE TABLE export_regel (
  exportdatum text,
  -- the person
  dossiernummer text NOT NULL,
  volgnr text NOT NULL,
  bsn text, -- without leading zeros; empty for somebody without one
  naam text,
  geboortedatum text,
  uitgerekende_datum text,
  rol text, -- JGD, ONG, OUD+, OUD-, OUD?, PLG
  taal text,
  telefoon text,
  adres text,
  verblijft_bij text,
  doelen text, -- text | state; ...
  doelen_datum text,
  veiligheidscijfer text,
  veiligheid_toelichting text,
  veiligheid_datum text,
  kind_gezondheid text,
  kind_diagnoses text, -- list
  ouder_gezondheid text,
  ouder_diagnoses text, -- list
  gezondheid_datum text,
  school text,
  verzuim text,
  schoolondersteuning text,
  school_datum text,
  maatregel text, -- OTS, VOTS, MUHP, VGD
  beschikkingsnummer text,
  maatregel_start text,
  maatregel_eind text,
  maatregel_stand text, -- LPD, VER, BEE
  -- the case
  gezin text,
  gescheiden text, -- J, N
  gezag text,
  traject text, -- VRB, DRG, OTS, VGD, NZG
  traject_start text,
  traject_eind text,
  begeleider text,
  begeleider_functie text, -- GB, JB, GW, TL
  begeleider_telefoon text,
  plan text,
  plan_afspraken text, -- list
  plan_stand text, -- CON, VST, EVA, AFG
  plan_datum text,
  contacten text, -- date | kind | text; ...
  veiligheidsplan text,
  veiligheidsafspraken text, -- list
  zicht_op_veiligheid text,
  veiligheidsplan_datum text,
  signalen text, -- date | kind | text | outcome; ...
  wonen text,
  inkomen text,
  schulden text,
  leefsituatie_datum text,
  rapport_titel text,
  rapport_datum text,
  rapport_stand text, -- CON, DEF
  rapport_conclusie text,
  -- the line
  geregistreerd text,
  geregistreerd_door text, -- GB, JB, GW, TL
  PRIMARY KEY (dossiernummer, volgnr)
);
