// Promises about who asks: what follows from function, employer, purpose and relation alone.

import { employs, purposesOpenTo } from "../../privacy/purposes";
import {
  DOSSIER,
  FAMILY,
  NO_CONTENT,
  OF_THE_FAMILY,
  where,
  all,
  not,
  everywhere,
  is,
  isNot,
  switchedOn,
} from "./conditions";
import { changing, independent, neverOpens, only, type Invariant } from "./kinds";

export const WHO_ASKS: readonly Invariant[] = [
  only(
    "reporter-stays",
    "Nobody but an assessor of Veilig Thuis, at Veilig Thuis itself, reads or asks who made a report.",
    all(
      is("category", "REPORTER"),
      not(
        where({
          requesterFunction: ["ASSESSOR"],
          requesterKind: ["SAFE_HOME"],
          holderKind: ["SAFE_HOME"],
          sameOrganisation: [true],
        }),
      ),
    ),
    "DENY",
  ),
  only(
    "no-police-data-for-local-teams",
    "A local team never gets police and criminal data.",
    where({ requesterKind: ["LOCAL_TEAM"], category: ["CRIMINAL"] }),
    "DENY",
  ),
  only(
    "no-relation-nothing",
    "Who has no relation to the family gets nothing of a dossier.",
    all(is("relation", "NONE"), is("category", ...DOSSIER)),
    "DENY",
  ),
  independent(
    "strangers-learn-nothing",
    "What a stranger is told, and by which rule, does not depend on anything in the family's records.",
    OF_THE_FAMILY.filter((name) => name !== "relation"),
    is("relation", "NONE"),
  ),
  only(
    "no-content-for-supporting-functions",
    "Advice, oversight, running the hub, process, policy and authorities get nothing of a dossier.",
    all(is("requesterFunction", ...NO_CONTENT), is("category", ...DOSSIER)),
    "DENY",
  ),
  only(
    "purpose-not-open",
    "A purpose that is not open to the function, or a function that the employer cannot have, opens nothing.",
    ({ space }) =>
      space.wherever(
        ["requesterKind", "requesterFunction", "purpose"],
        ({ requesterKind, requesterFunction, purpose }) =>
          !employs(requesterKind, requesterFunction) || !purposesOpenTo(requesterFunction).includes(purpose),
      ),
    "DENY",
  ),
  only(
    "reviewer-is-independent",
    "A reviewer who was involved before gets nothing of a dossier.",
    all(where({ requesterFunction: ["REVIEWER"], earlierInvolvement: [true] }), is("category", ...DOSSIER)),
    "DENY",
  ),
  changing(
    "same-entity-is-no-ground",
    "Being one legal entity never opens anything.",
    switchedOn("sameLegalEntity"),
    everywhere,
    neverOpens,
  ),
  only(
    "young-person-reads-own-data",
    "A young person gets nothing of a dossier about anyone else.",
    all(is("requesterFunction", "YOUNG_PERSON"), isNot("relation", "SELF"), is("category", ...DOSSIER)),
    "DENY",
  ),
  only(
    "parent-only-parent",
    "A parent gets nothing of a dossier about anyone but themselves and the children whose parent they are.",
    all(
      is("requesterFunction", "PARENT"),
      isNot("relation", "SELF", "PARENT_WITH_AUTHORITY", "PARENT_WITHOUT_AUTHORITY"),
      is("category", ...DOSSIER),
    ),
    "DENY",
  ),
  only(
    "parent-never-gets-other-adult",
    "A parent gets nothing of a dossier about another adult, be it an own child that came of age.",
    all(
      is("requesterFunction", "PARENT"),
      isNot("relation", "SELF"),
      is("ageBand", "ADULT"),
      is("category", ...DOSSIER),
    ),
    "DENY",
  ),
  only(
    "family-gets-nothing-sealed",
    "No member of the family is told who reported.",
    all(is("requesterFunction", ...FAMILY), is("category", "REPORTER")),
    "DENY",
  ),
  only(
    "outsiders-get-nothing",
    "The municipality, and police, prosecution, court and inspectorate, get nothing of a dossier.",
    all(is("requesterKind", "MUNICIPALITY", "AUTHORITY"), is("category", ...DOSSIER)),
    "DENY",
  ),
  only(
    "own-log-only",
    "No organisation reads the access log of another.",
    all(where({ category: ["ACCESS_LOG"], sameOrganisation: [false] }), isNot("requesterKind", "FAMILY")),
    "DENY",
  ),
  only(
    "operator-reads-no-log",
    "Who runs the hub reads no access log.",
    where({ requesterFunction: ["OPERATOR"], category: ["ACCESS_LOG"] }),
    "DENY",
  ),
  only(
    "hub-holds-no-dossier",
    "The hub itself gives nothing of a dossier but who belongs to the family.",
    all(is("holderKind", "HUB"), is("category", ...DOSSIER), isNot("category", "HOUSEHOLD")),
    "DENY",
  ),
];
