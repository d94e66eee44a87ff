// How the outcomes of a known-here check are to be read, in the words of a worker: the same for every check, so that the
// words tell nothing of an organisation.

import type { Words } from "../types/words";

export const KNOWN_HERE_WORDS: Words = {
  nl: "Niet bekend kan ook betekenen dat de organisatie het niet mag zeggen; vraag het haar dan zelf met een verwijzing (KNOWN_HERE_CHECK). Geen antwoord zegt niets over het kind.",
  en: "Not known can also mean that the organisation may not say; then ask it yourself by a referral (KNOWN_HERE_CHECK). No answer says nothing about the child.",
};
