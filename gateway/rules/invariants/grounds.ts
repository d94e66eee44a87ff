// Promises about what must be running: a measure, an examination, an emergency, a disclosure.

import { FACT_VALUES } from "../../privacy/facts";
import { DOSSIER, SEALED, all, everywhere, is, isNot, ofOthers, notGranted, switchedOn } from "./conditions";
import { changing, everyChangeOf, neverOpens, only, type Change, type Invariant } from "./kinds";

/** Declaring an emergency, for who had a relation already and for who has none without it. */
const emergencies: readonly Change[] = FACT_VALUES.emergency
  .filter((one) => one !== "NONE")
  .flatMap((emergency): Change[] => [
    { from: { emergency: "NONE" }, to: { emergency } },
    { from: { emergency: "NONE", relation: "NONE" }, to: { emergency, relation: "EMERGENCY" } },
  ]);

export const GROUNDS: readonly Invariant[] = [
  only(
    "no-measure-no-execution",
    "When the measure has ended, its agency gets nothing of a dossier for its execution, not even its own.",
    all(
      is("requesterFunction", "GUARDIAN", "PROBATION_OFFICER"),
      is("purpose", "MEASURE_EXECUTION"),
      is("measureByRequester", "NONE"),
      is("category", ...DOSSIER),
    ),
    "DENY",
  ),
  only(
    "no-inquiry-nothing",
    "Without an open examination, investigators and assessors get nothing of others that was not sent to them.",
    all(
      is("requesterFunction", "INVESTIGATOR", "ASSESSOR"),
      is("purpose", "SAFETY_ASSESSMENT", "INVESTIGATION"),
      is("investigation", false),
      is("exchange", "NONE"),
      ofOthers,
    ),
    "DENY",
  ),
  only(
    "shielded-address-is-granted",
    "A shielded address is never read without a disclosure that its holder granted.",
    all(is("category", "SECRET_ADDRESS"), notGranted),
    "DENY",
    "HOLD",
  ),
  changing(
    "disclosure-opens-what-is-held",
    "A granted disclosure opens what is held, and changes nothing else.",
    switchedOn("disclosure"),
    everywhere,
    (before, after) => after === before || (before === "HOLD" && after === "PERMIT"),
  ),
  changing(
    "emergency-leaves-sealed",
    "No emergency opens who reported, police data or a shielded address, to who had a relation or to who had none.",
    emergencies,
    is("category", ...SEALED),
    neverOpens,
  ),
  only(
    "emergency-closes-sealed",
    "In an emergency these three are closed: for a shielded address the holder is phoned.",
    all(is("purpose", "ACUTE_SAFETY"), isNot("emergency", "NONE"), is("category", ...SEALED), ofOthers),
    "DENY",
  ),
  only(
    "no-emergency-no-acute-access",
    "Without an emergency, acute safety reads nothing of another organisation; only a shielded address may be asked for.",
    all(
      is("purpose", "ACUTE_SAFETY"),
      is("emergency", "NONE"),
      isNot("category", "SECRET_ADDRESS"),
      ofOthers,
    ),
    "DENY",
  ),
  only(
    "unreviewed-emergency-reads-nothing",
    "While an earlier emergency was not reviewed, a new one reads nothing of another organisation.",
    all(is("purpose", "ACUTE_SAFETY"), is("emergency", "UNREVIEWED"), ofOthers, notGranted),
    "DENY",
    "HOLD",
  ),
  changing(
    "emergency-is-for-acute-safety",
    "An emergency opens nothing for any other purpose.",
    everyChangeOf(["emergency"]).filter(({ from }) => from.emergency === "NONE"),
    isNot("purpose", "ACUTE_SAFETY"),
    neverOpens,
  ),
];
