// A report in Dutch.

import type { ReportWords } from "./report-words";

/** The words; `u` also for who is young, as the organisations write. */
export const NL: ReportWords = {
  locale: "nl-NL",
  title: {
    SELF: "Wie heeft gekeken naar gegevens over u?",
    CHILD: "Wie heeft gekeken naar gegevens over uw kind?",
  },
  explanation: [
    "In dit overzicht staat welke organisatie gegevens heeft gezien of daarom heeft gevraagd, wanneer en waarom.",
    "Namen van medewerkers staan er niet in. Die kunt u vragen aan de organisatie.",
    "Sommige dingen staan er bij niemand in: meldingen, wie iets heeft gemeld, verslagen van een onderzoek, gegevens van de politie en geheime adressen. Er staat ook niets in over andere mensen in uw gezin.",
    "Gaat het over een kind dat nog geen 16 is, of over het hele gezin? Dan staat er wat er is gevraagd, maar niet of het is gegeven.",
    "Wat Veilig Thuis doet, wat er voor een onderzoek gebeurt en wat er bij direct gevaar gebeurt, staat er pas na vier weken in. Soms duurt het langer, als dat nodig is om iemand te beschermen of voor een onderzoek.",
    "Klopt er iets niet, of wilt u meer weten? Vraag het aan de organisatie die erbij staat. Daar kunt u ook een klacht indienen.",
  ],
  nothing: "Er is niets om te laten zien.",
  functions: {
    WORKER: "een medewerker van het buurtteam",
    ASSESSOR: "een medewerker die kijkt of mensen veilig zijn",
    ADVISOR: "een medewerker die advies geeft",
    GUARDIAN: "een jeugdbeschermer",
    VOLUNTARY_WORKER: "een medewerker die vrijwillige hulp geeft",
    PROBATION_OFFICER: "een medewerker van de jeugdreclassering",
    DUO_MEMBER: "een van de twee vaste medewerkers van uw gezin",
    INVESTIGATOR: "een onderzoeker",
    REVIEWER: "iemand die een maatregel controleert",
    PRIVACY_OFFICER: "iemand die toezicht houdt op de privacy",
    OPERATOR: "een beheerder",
    YOUNG_PERSON: "een jongere",
    PARENT: "een ouder",
    PROCESS_LEAD: "een procesbegeleider",
    POLICY_STAFF: "een medewerker van de gemeente",
    OFFICIAL: "iemand van politie, justitie of inspectie",
  },
  categories: {
    IDENTITY: "naam, adres en contact",
    HOUSEHOLD: "wie bij het gezin hoort en wie het gezag heeft",
    INVOLVEMENT: "welke organisatie helpt",
    CARE_PLAN: "het plan en de hulp",
    SAFETY: "veiligheid",
    CONCERN_REPORT: "meldingen",
    REPORTER: "wie iets heeft gemeld",
    CHILD_HEALTH: "gezondheid",
    PARENT_HEALTH: "gezondheid",
    CRIMINAL: "politie en justitie",
    EDUCATION: "school",
    LIVING_SITUATION: "geld, wonen en werk",
    MEASURE: "een maatregel van de rechter",
    INVESTIGATION_REPORT: "verslagen van een onderzoek",
    SECRET_ADDRESS: "een geheim adres",
  },
  why: {
    CARE: "Om te helpen, en om die hulp met anderen af te spreken.",
    CONSULT: "Om advies te vragen of te geven.",
    SAFETY_ASSESSMENT: "Om te kijken of iedereen veilig is.",
    INVESTIGATION: "Om te onderzoeken of er hulp of bescherming nodig is.",
    INDEPENDENT_REVIEW: "Om te controleren of een maatregel van de rechter nodig is of blijft.",
    MEASURE_EXECUTION: "Om een maatregel van de rechter uit te voeren.",
    REFERRAL: "Om een andere organisatie te laten helpen, of om hulp over te nemen.",
    ACUTE_SAFETY: "Omdat er misschien direct gevaar was.",
    SUBJECT_RIGHTS: "Omdat iemand gegevens wilde inzien of verbeteren.",
    OVERSIGHT: "Om te controleren of het goed gaat.",
  },
  noWhy: "Er is geen reden gegeven.",
  ground: {
    CARE: "Voor vrijwillige hulp mag een organisatie gegevens van een andere organisatie zien als daar toestemming voor is (Jeugdwet, artikel 7.3.11).",
    CONSULT:
      "Voor advies mag een organisatie gegevens van een andere organisatie zien als daar toestemming voor is (Jeugdwet, artikel 7.3.11).",
    SAFETY_ASSESSMENT:
      "Het is de taak van Veilig Thuis om dit te doen, ook zonder toestemming (Wmo 2015, artikel 5.1.6).",
    INVESTIGATION:
      "Het is de taak van Veilig Thuis en van de Raad voor de Kinderbescherming om dit te onderzoeken (Wmo 2015, artikel 5.1.6; Burgerlijk Wetboek, artikel 1:238).",
    INDEPENDENT_REVIEW:
      "Het is de taak van de Raad voor de Kinderbescherming om dit te controleren (Burgerlijk Wetboek, artikel 1:265d en 1:265j).",
    MEASURE_EXECUTION:
      "De rechter heeft een maatregel opgelegd. Wie die uitvoert, mag vragen wat daarvoor nodig is (Jeugdwet, artikel 7.3.11, lid 4).",
    REFERRAL:
      "Organisaties mogen aan elkaar geven wat nodig is om hulp over te dragen (Jeugdwet, artikel 2.4; Wmo 2015, artikel 4.1.1).",
    ACUTE_SAFETY:
      "Bij direct gevaar mag een organisatie zien wat nodig is om iemand te beschermen (AVG, artikel 6, lid 1, onder d).",
    SUBJECT_RIGHTS:
      "Iedereen mag de eigen gegevens inzien en laten verbeteren (AVG, artikel 15 tot en met 18).",
    OVERSIGHT:
      "Organisaties moeten kunnen laten zien dat zij zich aan de wet houden (AVG, artikel 5, lid 2).",
  },
  noGround: "Zonder reden mag niemand iets zien.",
  when: (day, hour) => `${day}, tussen ${hour} en ${hour + 1} uur`,
  who: (organisation, workerFunction) => `${organisation}: ${workerFunction}.`,
  given: (about, kinds) => `Gezien over ${about === "SELF" ? "u" : "uw kind"}: ${kinds}.`,
  notGiven: (about, kinds) =>
    `Gevraagd over ${about === "SELF" ? "u" : "uw kind"}, maar niet gekregen: ${kinds}.`,
  asked: (about, kinds) => `Gevraagd over ${about === "SELF" ? "u" : "uw kind"}: ${kinds}.`,
  household: (kinds) => `Gevraagd over uw gezin: ${kinds}.`,
  refused: "Er is geprobeerd om te kijken. Dat mocht niet, en er is niets gegeven.",
};
