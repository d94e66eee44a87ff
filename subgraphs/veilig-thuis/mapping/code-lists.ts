// The codes of Veilig Thuis' documents in words.

import type { CodeList } from "../../../shared/sources/code-text";

export const FUNCTIONS: CodeList = {
  FRO: "medewerker frontoffice",
  BEO: "medewerker veiligheidsbeoordeling",
  OND: "onderzoeker",
  VTA: "vertrouwensarts",
  GDW: "gedragswetenschapper",
};

export const PHASES: CodeList = {
  BEO: "veiligheidsbeoordeling van een melding loopt",
  OND: "onderzoek loopt",
  MON: "monitoring van de veiligheid",
  OVD: "overgedragen",
  AFS: "afgesloten",
};

/** How a report came in; it never tells who reported. */
export const WAYS_OF_REPORTING: CodeList = {
  POL: "zorgmelding van de politie",
  PRO: "melding door een professional",
  BUR: "melding door een burger",
  ANO: "anonieme melding",
};

/** Decisions on a report, by the outcome codes of the chain messages. */
export const DECISIONS: CodeList = {
  "VT-00": "niet ontvankelijk",
  "VT-01-01": "Veilig Thuis doet zelf onderzoek",
  "VT-01-02": "na de beoordeling overgedragen",
  "VT-01-03": "geen vervolgstappen",
  "VT-01-04": "overgedragen aan een andere regio",
  "VT-02": "overgedragen",
  "VT-03": "afgesloten zonder overdracht",
  "VT-99": "onjuist geadresseerd",
};

export const KINDS_OF_POLICE_MESSAGE: CodeList = { ZOR: "zorgmelding", INC: "incident", HUV: "huisverbod" };

export const INSTRUMENTS: CodeList = {
  VTI: "veiligheidsbeoordeling Veilig Thuis",
  SCH: "schaalvraag",
  ARI: "ARIJ",
};

export const INQUIRY_STATES: CodeList = {
  LOP: "loopt",
  INF: "loopt, informanten gehoord",
  CON: "conceptrapport ligt bij het gezin",
  GER: "afgerond",
};

export const KINDS_OF_CONTACT: CodeList = {
  GES: "gesprek met het gezin",
  TEL: "telefoongesprek",
  INF: "gesprek met informanten",
  OVD: "overdracht",
  MON: "monitorgesprek",
};

/** Role in the document -> role of the chain messages (jeugdzorgrol), words, and the authority that follows from it. */
export const ROLES: Readonly<
  Record<string, { readonly code: string; readonly text: string; readonly authority: string | null }>
> = {
  KND: { code: "301", text: "kind", authority: null },
  ONG: { code: "301", text: "ongeboren kind", authority: null },
  OMG: { code: "112", text: "ouder met gezag", authority: "gezag" },
  OZG: { code: "113", text: "ouder zonder gezag", authority: "geen gezag" },
  OGO: { code: "111", text: "ouder, gezag onbekend", authority: "gezag niet bekend" },
  PLO: { code: "211", text: "pleegouder", authority: null },
};
