// A BSN may come in as the value of a variable alone: the text of an operation is kept (parsed, planned) for the next
// request, and a citizen's number must be kept nowhere.

import type { ASTVisitor, IntValueNode, StringValueNode, ValidationContext } from "graphql";
import { passesElfproef } from "../../shared/kernel/bsn";
import { SchakelError } from "../../shared/kernel/errors";
import { toGraphQLError } from "../../shared/kernel/format-error";

const REASON = "What looks like a BSN may only be given as the value of a variable.";

/** A validation rule that refuses an operation in which a BSN is written down (QUERY_INVALID), without repeating it. */
export function noCitizensNumberRule(context: ValidationContext): ASTVisitor {
  const look = ({ value }: StringValueNode | IntValueNode): void => {
    const refused = passesElfproef(value.replaceAll(/[\s.-]/g, ""));
    if (refused) context.reportError(toGraphQLError(new SchakelError("QUERY_INVALID", { reason: REASON })));
  };
  return { StringValue: look, IntValue: look };
}
