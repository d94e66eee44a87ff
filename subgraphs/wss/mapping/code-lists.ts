// The codes of the export in words.

import type { CodeList } from "../../../shared/sources/code-text";

export const FUNCTIONS: CodeList = {
  GB: "gezinsbegeleider",
  JB: "jeugdbeschermer",
  GW: "gedragswetenschapper",
  TL: "teamleider",
};

export const KINDS_OF_TRAJECTORY: CodeList = {
  VRB: "begeleiding in het vrijwillig kader",
  DRG: "begeleiding in het vrijwillig kader, met drang",
  OTS: "uitvoering van een ondertoezichtstelling",
  VGD: "uitvoering van voogdij",
  NZG: "nazorg in het vrijwillig kader",
};

export const PLAN_STATES: CodeList = {
  CON: "concept",
  VST: "vastgesteld",
  EVA: "geëvalueerd",
  AFG: "afgesloten",
};

export const GOAL_STATES: CodeList = {
  "0": "nog niet begonnen",
  "1": "loopt",
  "2": "bereikt",
  "9": "gestopt",
};

export const KINDS_OF_CONTACT: CodeList = {
  HB: "huisbezoek",
  TEL: "telefoongesprek",
  KAN: "gesprek op kantoor",
  SCH: "gesprek op school",
  OVL: "overleg met het gezin en anderen",
};

export const KINDS_OF_SIGNAL: CodeList = { INC: "incident", ZRG: "zorgsignaal" };

export const REPORT_STATES: CodeList = { CON: "concept", DEF: "definitief" };

export const KINDS_OF_MEASURE: CodeList = { OTS: "OTS", VOTS: "VOTS", MUHP: "MUHP", VGD: "voogdij" };

export const MEASURE_STATES: CodeList = { LPD: "lopend", VER: "verlengd", BEE: "beëindigd" };

/** Role in the export -> role of the chain messages (jeugdzorgrol), words, and the authority that follows from it. */
export const ROLES: Readonly<
  Record<string, { readonly code: string; readonly text: string; readonly authority: string | null }>
> = {
  JGD: { code: "301", text: "jeugdige", authority: null },
  ONG: { code: "301", text: "ongeboren kind", authority: null },
  "OUD+": { code: "112", text: "ouder met gezag", authority: "gezag" },
  "OUD-": { code: "113", text: "ouder zonder gezag", authority: "geen gezag" },
  "OUD?": { code: "111", text: "ouder, gezag onbekend", authority: "gezag niet bekend" },
  PLG: { code: "211", text: "pleegouder", authority: null },
};
