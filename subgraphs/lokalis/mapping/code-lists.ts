// The codes of Lokalis' system in words.

import type { CodeList } from "../../../shared/sources/code-text";

export const FUNCTIONS: CodeList = { GW: "gezinswerker", GD: "gedragsdeskundige", TL: "teamleider" };

export const KINDS_OF_HELP: CodeList = {
  OPV: "opvoedondersteuning",
  SCH: "ondersteuning bij schulden en opvoeding",
  VEI: "hulp bij herstel van veiligheid",
  STA: "veilige start voor een ongeboren kind",
  VRA: "vraagverheldering",
};

export const PLAN_STATES: CodeList = {
  CON: "concept",
  VAS: "vastgesteld met het gezin",
  EVA: "geëvalueerd met het gezin",
  AFG: "afgerond",
};

export const GOAL_STATES: CodeList = {
  OPEN: "nog niet begonnen",
  BEZIG: "loopt",
  GEHAALD: "gehaald",
  GESTOPT: "gestopt",
};

export const KINDS_OF_CONTACT: CodeList = {
  HB: "huisbezoek",
  TEL: "telefoongesprek",
  TEAM: "bespreking in het buurtteam",
  SCH: "gesprek op school",
  BEZ: "gesprek op het buurtteam",
  OVL: "overleg met het gezin en andere organisaties",
};

/** What a signal is about. Who brought it is no part of it, and does not show in its kind. */
export const KINDS_OF_SIGNAL: CodeList = {
  ZM: "zorgmelding van de politie",
  VER: "zorg over verzorging",
  VEI: "zorg over veiligheid",
  ONT: "zorg over ontwikkeling",
};

export const KINDS_OF_POLICE_REPORT: CodeList = {
  ZM: "zorgmelding",
  MUT: "mutatie",
  HUISV: "tijdelijk huisverbod",
};

export const MEASURE_STATES: CodeList = { AAN: "aangevraagd", LOP: "lopend", BEE: "beëindigd" };

/** The kinds that the contract has under the same letters; MUHP is the court's authorisation to place. */
export const KINDS_OF_MEASURE: CodeList = { OTS: "OTS", VOTS: "VOTS", MUHP: "MUHP", VOOG: "voogdij" };

/** Role in the file -> role of the chain messages (jeugdzorgrol) and words. */
export const ROLES: Readonly<
  Record<string, { readonly code: string; readonly text: string; readonly child: boolean }>
> = {
  KIND: { code: "301", text: "kind", child: true },
  ONG: { code: "301", text: "ongeboren kind", child: true },
  OMG: { code: "112", text: "ouder met gezag", child: false },
  OZG: { code: "113", text: "ouder zonder gezag", child: false },
  OGO: { code: "111", text: "ouder, gezag onbekend", child: false },
  PLO: { code: "211", text: "pleegouder", child: false },
  STO: { code: "212", text: "stiefouder", child: false },
};

export const AUTHORITY: CodeList = {
  EEN: "eenhoofdig gezag",
  GEZ: "gezamenlijk gezag",
  GEEN: "geen gezag",
  ONB: "gezag niet bekend",
};
