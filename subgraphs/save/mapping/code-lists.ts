// The codes of SAVE's case management in words.

import type { CodeList } from "../../../shared/sources/code-text";

export const FUNCTIONS: CodeList = {
  JB: "jeugdbeschermer",
  JR: "jeugdreclasseerder",
  SB: "SAVE-begeleider",
  GW: "gedragswetenschapper",
  TM: "teammanager",
};

export const KINDS_OF_CASE: CodeList = {
  VG: "SAVE-begeleiding, vrijwillig kader",
  DR: "SAVE-begeleiding, vrijwillig kader met drang",
  OT: "uitvoering van een ondertoezichtstelling",
  VO: "uitvoering van voogdij",
  JR: "jeugdreclassering",
};

export const KINDS_OF_CONTACT: CodeList = {
  "10": "huisbezoek",
  "20": "telefoongesprek",
  "30": "gesprek op kantoor",
  "40": "netwerkberaad",
  "50": "gesprek met het kind alleen",
};

export const PLAN_STATES: CodeList = { "1": "concept", "2": "vastgesteld", "3": "afgesloten" };

export const GOAL_STATES: CodeList = { "0": "open", "1": "loopt", "2": "behaald", "3": "vervallen" };

export const INSTRUMENTS: CodeList = { AV: "ARIJ, onderdeel veiligheid", SV: "schaalvraag" };

/** The kinds that the contract has, behind the codes of the system. */
export const KINDS_OF_ORDER: CodeList = {
  OTS: "OTS",
  VOT: "VOTS",
  MUH: "MUHP",
  VGD: "voogdij",
  JR: "jeugdreclassering",
};

export const ORDER_STATES: CodeList = { L: "lopend", V: "lopend, verlenging gevraagd", E: "geëindigd" };

export const REPORT_STATES: CodeList = {
  L: "loopt",
  A: "afgerond",
  H: "afgerond, hergebruikt na controle met het gezin",
};

/** What a signal is about. Who brought it is no part of it, and does not show in its kind. */
export const KINDS_OF_SIGNAL: CodeList = {
  Z: "zorg over verzorging",
  V: "zorg over veiligheid",
  O: "zorg over ontwikkeling",
};

export const KINDS_OF_JUSTICE: CodeList = {
  HV: "tijdelijk huisverbod",
  CV: "contactverbod",
  PM: "politiemutatie",
  AA: "aangifte",
};

export const AUTHORITY: CodeList = {
  EO: "eenhoofdig gezag",
  GO: "gezamenlijk gezag",
  GG: "geen gezag",
  NB: "gezag niet te bepalen",
};

export const RESIDENCE: CodeList = {
  ZH: "eigen huishouden",
  MO: "moeder",
  VA: "vader",
  PG: "pleeggezin",
  OV: "opvang",
  EL: "elders",
};

export const LANGUAGES: CodeList = { nld: "Nederlands", ara: "Arabisch", tur: "Turks", por: "Portugees" };

export const SHIELDED_PLACES: CodeList = {
  VO: "vrouwenopvang",
  CO: "crisisopvang",
  GP: "geheim pleeggezin",
};

export const HEALTH_DOMAINS: CodeList = {
  "08": "psychisch",
  "09": "lichamelijk",
  "10": "middelengebruik",
};

export const HEALTH_FEATURES: CodeList = {
  LVB: "licht verstandelijke beperking",
  ASS: "autismespectrumstoornis",
  PTS: "posttraumatische stressklachten",
  DEP: "sombere klachten",
  HEC: "hechtingsproblemen",
  OWA: "ontwikkelingsachterstand",
};
