// Is the text of an operation within the limits? Asked of every text before it is checked, planned or executed; a text
// that was found good is known by its hash and not counted again.

import { createHash } from "node:crypto";
import { GraphQLError, parse, type DocumentNode } from "graphql";
import { SchakelError } from "../../shared/kernel/errors";
import type { QueryLimits } from "../identify/limits";
import { beyondLimit, holdLimits } from "./beyond-limit";
import { BoundedCache } from "./bounded-cache";
import { CircularFragmentsError, measureDocument, type DocumentMeasure } from "./measure-document";

/** Texts that are known to be within the limits; of each its hash is kept. */
const KNOWN_TEXTS = 20_000;

const TOO_MANY_TOKENS = /^Syntax Error: Document contains more that \d+ tokens/;

/** Says whether a text was seen before; throws what makes it unacceptable. */
export type DocumentJudge = (text: string) => { readonly isKnown: boolean };

/** The parsed text; undefined when it is no GraphQL, of which the server itself says what is wrong. */
function parsed(text: string, limits: QueryLimits): DocumentNode | undefined {
  try {
    return parse(text, { maxTokens: limits.tokens, noLocation: true });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    if (TOO_MANY_TOKENS.test(error.message)) throw beyondLimit("tokens", limits);
    return undefined;
  }
}

function measured(document: DocumentNode): DocumentMeasure {
  try {
    return measureDocument(document);
  } catch (error) {
    if (!(error instanceof CircularFragmentsError)) throw error;
    throw new SchakelError("QUERY_INVALID", { reason: "A fragment spreads itself." });
  }
}

/**
 * A judge of texts. It throws QUERY_TOO_LARGE, QUERY_TOO_DEEP, or QUERY_INVALID for fragments that go in a circle.
 * Its work is linear in the text: tokens are bounded before there is a tree, and a fragment is counted once.
 */
export function createDocumentJudge(limits: QueryLimits): DocumentJudge {
  const known = new BoundedCache<true>(KNOWN_TEXTS, () => 1);
  return (text) => {
    holdLimits(limits, { characters: text.length });
    const hash = createHash("sha256").update(text).digest("base64");
    if (known.get(hash)) return { isKnown: true };
    const document = parsed(text, limits);
    if (!document) return { isKnown: false };
    const { fragments, operations, ...found } = measured(document);
    holdLimits(limits, { fragments, operations, ...found });
    known.set(hash, true);
    return { isKnown: false };
  };
}
