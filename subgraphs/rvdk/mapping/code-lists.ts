// The codes of the Raad's messages in words.

import type { CodeList } from "../../../shared/sources/code-text";

export const FUNCTIONS: CodeList = {
  RO: "raadsonderzoeker",
  GW: "gedragsdeskundige",
  JD: "juridisch deskundige",
  TL: "teamleider",
  MB: "medewerker meldingen",
};

export const CASE_TYPES: CodeList = {
  OKM: "overwegen kinderbeschermingsmaatregel",
  GEZ: "gezag en omgang",
  STR: "strafonderzoek",
  TOE: "toetsing van een maatregel",
};

/** Status of a case and of an inquiry. */
export const STATES: CodeList = { INT: "intake", OND: "onderzoek loopt", ZAF: "zaak afgerond" };

export const RESULTS: CodeList = {
  AFW: "verzoek tot onderzoek afgewezen",
  OPG: "onderzoek gestart",
  GRK: "geen rekest",
  MOP: "maatregel opgelegd",
  GMO: "geen maatregel opgelegd",
};

export const KINDS_OF_REQUEST: CodeList = {
  VTO: "verzoek tot onderzoek",
  SPO: "spoedmelding",
  OMB: "ambtshalve onderzoek",
};

export const KINDS_OF_INQUIRY: CodeList = {
  BES: "beschermingsonderzoek",
  GEZ: "onderzoek gezag en omgang",
  STR: "strafonderzoek",
  TOE: "toetsing van een maatregel",
};

export const REPORT_STATES: CodeList = { CON: "concept", DEF: "vastgesteld" };

export const KINDS_OF_JUDICIAL_ENTRY: CodeList = {
  VER: "veroordeling",
  STB: "strafbeschikking",
  SEP: "sepot",
};

export const KINDS_OF_MEASURE: CodeList = { OTS: "OTS", VOTS: "VOTS", MUHP: "MUHP", VOOG: "voogdij" };

export const MEASURE_STATES: CodeList = {
  AAN: "verzocht aan de kinderrechter",
  OPG: "opgelegd",
  AFG: "afgewezen",
  BEE: "beëindigd",
};

export const STEPS: CodeList = {
  STA: "startgesprek",
  GSO: "gesprek met een ouder",
  GSK: "gesprek met een kind",
  RPB: "bespreking van het rapport",
  ZIT: "zitting bij de kinderrechter",
};

/** Kinds of authority as the population register (BRP) names them. */
export const KINDS_OF_AUTHORITY: CodeList = {
  EenhoofdigOuderlijkGezag: "eenhoofdig ouderlijk gezag",
  GezamenlijkOuderlijkGezag: "gezamenlijk ouderlijk gezag",
  GezamenlijkGezag: "gezamenlijk gezag van een ouder en een derde",
  Voogdij: "voogdij",
  TijdelijkGeenGezag: "tijdelijk geen gezag",
  GezagNietTeBepalen: "gezag niet te bepalen",
};

/** The authority that follows from a role of the chain messages. */
export const AUTHORITY_OF_ROLE: CodeList = {
  "111": "gezag niet bekend",
  "112": "gezag",
  "113": "geen gezag",
  "191": "voogdij",
};
