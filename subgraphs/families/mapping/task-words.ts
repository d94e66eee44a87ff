// What there is to do, in the words of a worker. The codes are those that become tasks (gateway/privacy/obligations.ts,
// of referrals subgraphs/referrals/source/deadlines/duties.ts, of what could not be delivered shared/database/dead-letter.ts,
// of a known-here check source/known-here/check-known-here.ts); tests compare.

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
  KNOWN_HERE: {
    nl: "Een andere organisatie beoordeelt een melding over dit kind en weet nu dat u het kent. Kijk of zij iets van u moet weten.",
    en: "Another organisation assesses a report about this child and now knows that you know it. See whether it needs something of you.",
  },
  EXPLAIN_RIGHTS: {
    nl: "Leg het gezin uit wat er verandert nu het kader anders is, en welke rechten het heeft.",
    en: "Explain to the family what changes now that the frame is another one, and which rights it has.",
  },
  REFERRAL_UNDELIVERED: {
    nl: "Deze verwijzing kon niet worden bezorgd. Bel de ontvanger, en laat de beheerder van de hub haar opnieuw bezorgen.",
    en: "This referral could not be delivered. Phone the receiver, and have the operator of the hub deliver it anew.",
  },
  OWN_SYSTEM_BEHIND: {
    nl: "Uw eigen systeem heeft berichten over een verwijzing niet aangenomen. Kijk in de hub hoe het ermee staat.",
    en: "Your own system did not take messages about a referral. See in the hub how it is.",
  },
  REFERRAL_DUE_SOON: {
    nl: "De termijn van deze verwijzing loopt bijna af. Neem de stap die nu aan u is.",
    en: "The term of this referral is about to end. Take the step that is yours now.",
  },
  REFERRAL_OVERDUE: {
    nl: "De termijn van deze verwijzing is voorbij. Vraag uw leidinggevende om vandaag met die van de andere organisatie af te spreken wie wat doet.",
    en: "The term of this referral is over. Have your manager agree today with the one of the other organisation who does what.",
  },
  CONSULTATION_CHAIR_DECIDES: {
    nl: "De termijn van een overleg is voorbij zonder besluit. Beslis als voorzitter wie eigenaar wordt.",
    en: "The term of a consultation ended without a decision. Decide as its chair who becomes the owner.",
  },
  FAMILY_WAIT_DUE_SOON: {
    nl: "Alle wachttijd van dit gezin samen nadert de norm. Kijk wat er nu sneller kan.",
    en: "All waiting of this family together nears the norm. See what can go faster now.",
  },
  FAMILY_WAIT_OVERDUE: {
    nl: "Alle wachttijd van dit gezin samen is over de norm. Vraag uw leidinggevende om vandaag met die van de andere organisaties af te spreken wie begint.",
    en: "All waiting of this family together is over the norm. Have your manager agree today with those of the other organisations who begins.",
  },
};

/** What an obligation asks; null for one that has no words here. */
export const taskWords = (obligation: string): Words | null => WORDS[obligation] ?? null;
