// Promises about consent, and about what is no consent: participation, a duo, pressure.

import {
  VOLUNTARY,
  where,
  all,
  not,
  everywhere,
  is,
  isNot,
  ofOthers,
  notGranted,
  switchedOn,
  fromGivenTo,
  unchanged,
} from "./conditions";
import { changing, neverOpens, only, type Invariant } from "./kinds";

export const CONSENT: readonly Invariant[] = [
  only(
    "no-reading-without-consent",
    "Voluntary help reads nothing of another organisation for care or consultation while consent is refused, lapsed, absent or partial.",
    all(
      is("requesterFunction", ...VOLUNTARY),
      is("purpose", "CARE", "CONSULT"),
      isNot("consent", "GIVEN"),
      ofOthers,
      notGranted,
    ),
    "DENY",
    "HOLD",
  ),
  only(
    "no-asking-without-consent",
    "In the voluntary frame it may not even be asked for, except where a young person of 12 to 15 alone agrees.",
    all(
      is("requesterFunction", ...VOLUNTARY),
      is("purpose", "CARE"),
      is("framework", "VOLUNTARY"),
      isNot("consent", "GIVEN", "CHILD_ONLY"),
      isNot("category", "SECRET_ADDRESS"),
      ofOthers,
    ),
    "DENY",
  ),
  only(
    "health-needs-explicit-consent",
    "Voluntary help reads health data of another organisation only with consent that is explicit.",
    all(
      is("requesterFunction", ...VOLUNTARY),
      is("purpose", "CARE", "CONSULT"),
      is("framework", "VOLUNTARY"),
      is("category", "CHILD_HEALTH", "PARENT_HEALTH"),
      is("consentExplicit", false),
      ofOthers,
      notGranted,
    ),
    "DENY",
    "HOLD",
  ),
  changing(
    "withdrawal-closes",
    "Withdrawing consent, or letting it expire, never opens anything.",
    fromGivenTo("LAPSED"),
    everywhere,
    neverOpens,
  ),
  changing(
    "refusal-closes",
    "A refusal never opens what consent leaves closed.",
    fromGivenTo("REFUSED"),
    everywhere,
    neverOpens,
  ),
  changing(
    "participation-is-no-key",
    "Taking part in the pilot changes nothing of what organisations hold by itself: only where consent is given as well.",
    switchedOn("participation"),
    // The hub itself tells a duo who belongs to the family once it takes part; no dossier is in that.
    all(isNot("consent", "GIVEN"), isNot("holderKind", "HUB")),
    unchanged,
  ),
  changing(
    "duo-is-no-key",
    "Sharing a duo opens nothing of the partner's organisation unless consent is given and the family takes part.",
    switchedOn("duoPartner"),
    not(where({ consent: ["GIVEN"], participation: [true] })),
    neverOpens,
  ),
  changing(
    "pressure-is-no-ground",
    "Guidance under pressure (drang) never opens anything.",
    switchedOn("drang"),
    everywhere,
    neverOpens,
  ),
];
