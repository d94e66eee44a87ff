// Words that an explanation must never use: they would tell that something exists, or what it says.

/** One way of telling too much, with a sentence that does. */
export interface TellingWords {
  readonly words: RegExp;
  readonly example: string;
}

export const TELLING_WORDS: readonly TellingWords[] = [
  // That consent is there, or not, is no secret to who shares by it.
  {
    words:
      /(?<!\bof )\ber (is|zijn|was|waren|staat|staan|loopt|lopen|liep|bestaat|bestaan|ligt|liggen)\b(?! (al |nog )?(geen )?(volledige )?toestemming)/i,
    example: "Er is een melding over dit gezin.",
  },
  {
    words:
      /\bheeft (al |eerder )?(een|een eerdere|eerdere) (melding|dossier|maatregel|onderzoek|plan|strafblad)/i,
    example: "De Raad heeft een onderzoek over dit kind.",
  },
  {
    words: /\b(is|zijn|was|waren) (al |hier |daar |eerder )?(wel )?(bekend|gemeld)\b/i,
    example: "Het kind is bekend.",
  },
  {
    words: /\bbekend (is|zijn|bij (veilig thuis|save|lokalis|de raad|het lokale team))\b/i,
    example: "Het gezin dat bekend is bij Veilig Thuis.",
  },
  {
    words:
      /\b(dit|deze) (dossier|melding|meldingen|rapport|adres|diagnose|veroordeling|opname|behandeling)\b/i,
    example: "Deze melding is gesloten.",
  },
  {
    words:
      /\b(mishandel|verslaafd|verslaving|psychiatr|depressi|strafblad|veroordeel|gedetineerd|blijf-van-mijn-lijf|opgenomen|schulden|huisverbod|zwanger)/i,
    example: "De vader is verslaafd.",
  },
  { words: /\b(woont|verblijft|ondergedoken)\b/i, example: "De moeder verblijft elders." },
  { words: /\b(dit|het) (geheime|afgeschermde) adres\b/i, example: "Het geheime adres blijft gesloten." },
  {
    words: /(?<!\bwhether )\bthere (is|are|was|were|exists?)\b(?! (no )?(full )?consent)/i,
    example: "There is a file.",
  },
  {
    words: /\bhas (an? )?(earlier )?(report|reports|file|files|measure|inquiry|plan|criminal record)\b/i,
    example: "The child has a file.",
  },
  { words: /\b(is|are|was|were) (already )?(known|reported)\b/i, example: "The family is known." },
  {
    words: /\b(this|these) (file|report|reports|address|diagnosis|conviction|admission|treatment)\b/i,
    example: "This report is closed.",
  },
  {
    words:
      /\b(abuse[ds]?|addict|psychiatr|depress|convict|detained|women's shelter|debts|pregnan|hospitali[sz]ed)/i,
    example: "The mother is addicted.",
  },
  { words: /\b(lives (at|in)|is staying|in hiding)\b/i, example: "The mother lives in another town." },
  { words: /\bthe (secret|shielded) address\b/i, example: "The secret address stays closed." },
];

/** Words of the code that no worker would use. */
export const CODE_WORDS =
  /_|\b(PERMIT|HOLD|DENY|NONE|GIVEN|REFUSED|ABSENT|LAPSED|category|requester|holder|subject|fact|principal|resource|context|framework|houder|opvrager|categorie|null|undefined)\b/;
