// What there is to do, in the words of a worker. The codes are those that become tasks (gateway/privacy/obligations.ts);
// a test compares.

import type { Words } from "../types/words";

const WORDS: Readonly<Record<string, Words>> = {
  INFORM_FAMILY: {
    nl: "Vertel het gezin dat deze gegevens zijn gebruikt, waarvoor en op welke grond.",
    en: "Tell the family that these data were used, what for and on which ground.",
  },
  BOARD_TELLS_PARENTS: {
    nl: "Vertel de ouders dat de Raad deze gegevens heeft gekregen, en van wie.",
    en: "Tell the parents that the Board was given these data, and by whom.",
  },
  LOG_REASON: {
    nl: "Leg in uw eigen dossier vast waarom u deze gegevens nodig had.",
    en: "Write down in your own file why you needed these data.",
  },
  SECOND_PROFESSIONAL: {
    nl: "Laat een tweede professional meekijken naar dit gebruik.",
    en: "Have a second professional look at this use.",
  },
  HOLDER_NOTE: {
    nl: "Maak in het dossier een aantekening dat deze gegevens zijn gedeeld, met wie en waarom.",
    en: "Note in the file that these data were shared, with whom and why.",
  },
  INFORMANT_APPROVES: {
    nl: "Leg de tekst voor aan de informant en gebruik hem pas na akkoord.",
    en: "Put the text before the informant and use it only once approved.",
  },
  TELL_COLLEGE: {
    nl: "Vertel het college dat er geen verzoek aan de rechter komt.",
    en: "Tell the municipal executive that there will be no petition to the court.",
  },
  PHONE_HOLDER: {
    nl: "Bel de houder over het gevaar en wat u hebt gezien.",
    en: "Phone the holder about the danger and what you have seen.",
  },
  ALERT_HOLDER: {
    nl: "Kijk na welke gegevens met de noodprocedure zijn gebruikt en of er nu iets nodig is.",
    en: "See which data were used in the emergency procedure and whether something is needed now.",
  },
  EMERGENCY_REVIEW: {
    nl: "Laat een collega het gebruik van de noodprocedure beoordelen.",
    en: "Have a colleague review the use of the emergency procedure.",
  },
  EXPLAIN_RIGHTS: {
    nl: "Leg het gezin uit wat er verandert nu het kader anders is, en welke rechten het heeft.",
    en: "Explain to the family what changes now that the frame is another one, and which rights it has.",
  },
};

/** What an obligation asks; null for one that has no words here. */
export const taskWords = (obligation: string): Words | null => WORDS[obligation] ?? null;
