// The code lists of the clocks as GraphQL enums.

import { registerEnumType } from "type-graphql";
import { DeadlineKind } from "../source/deadlines/norms";
import { NoExpectation } from "../source/expected-wait";

registerEnumType(DeadlineKind, {
  name: "DeadlineKind",
  description:
    "What has to be done by a day: DELIVER bezorgen, DECIDE beslissen, SUPPLEMENT aanvullen, CONSULT overleg afronden, EXPECTED beginnen op de verwachte dag, START beginnen na acceptatie.",
});
export const DeadlineKindCode = DeadlineKind;

registerEnumType(NoExpectation, {
  name: "NoExpectation",
  description:
    "Why no wait can be expected: TOO_FEW_DECISIONS, fewer than ten in the last 90 days (te weinig besluiten).",
});
export const NoExpectationCode = NoExpectation;
