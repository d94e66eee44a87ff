// Can what is asked today be asked tomorrow? Of the operations that are known, of what gateways saw being used, or else of the
// whole schema as it was.

import { findBreakingChanges, GraphQLError, parse, validate, type GraphQLSchema } from "graphql";
import type { UsedCoordinates } from "../../../../shared/database/used-coordinates";
import { compose } from "../../compose-with";
import type { Readable } from "../checked";
import { judged, notChecked, type Finding } from "../finding";
import { schemaOfText } from "../read-schema";
import { schemaOfSupergraph, usedPart } from "../used-part";

/** A change of those: nobody asks the gateway for them. */
const CHANGE_OF_FEDERATION = /^Query\._\w* /;
const REMEDY = "Keep what is asked: add beside it, and take away when nobody asks for it any more.";

const withoutDot = (sentence: string): string => sentence.replace(/\.$/, "");

/** One finding: what `supergraph`, which this schema is part of, breaks. */
export function checkChanges(readable: Readable, supergraph: string): Finding {
  const { sdl, earlierSchema, use } = readable;
  if (use.kind === "operations") return judgeOperations(use.documents, schemaOfSupergraph(supergraph));
  if (earlierSchema === undefined) {
    return notChecked(
      "SCHEMA_CHANGES",
      "There is no earlier schema, and no operations were given.",
      "Give --operations <folder> with the .graphql documents that are used.",
    );
  }
  if (use.kind === "coordinates") return judgeUsed(use.used, { ...readable, earlierSchema }, supergraph);
  const changes = findBreakingChanges(schemaOfText(earlierSchema), schemaOfText(sdl));
  const faults = changes
    .map(({ description }) => withoutDot(description))
    .filter((description) => !CHANGE_OF_FEDERATION.test(description));
  return judged("SCHEMA_CHANGES", faults, REMEDY);
}

function judgeOperations(documents: ReadonlyMap<string, string>, api: GraphQLSchema): Finding {
  const faults = [...documents].flatMap(([name, text]) =>
    faultsOf(text, api).map((fault) => `${name}: ${fault}`),
  );
  return judged("SCHEMA_CHANGES", faults, REMEDY);
}

function faultsOf(text: string, api: GraphQLSchema): string[] {
  try {
    return validate(api, parse(text)).map(({ message }) => withoutDot(message));
  } catch (error) {
    if (error instanceof GraphQLError) return [`cannot be read: ${error.message}`];
    throw error;
  }
}

/** What of the supergraph before is used, and is not in the one with this schema as it was. */
function judgeUsed(
  used: UsedCoordinates,
  { organisation: { code }, otherSchemas, earlierSchema, region }: Readable,
  supergraph: string,
): Finding {
  const earlier = compose({ ...otherSchemas, ...(earlierSchema && { [code]: earlierSchema }) }, region);
  if ("faults" in earlier) {
    return notChecked(
      "SCHEMA_CHANGES",
      "The earlier schema does not compose with those of the others.",
      "Give --supergraph <file> with the supergraph that the hub runs.",
    );
  }
  const changes = findBreakingChanges(
    usedPart(earlier.supergraph, new Set(used.keys())),
    schemaOfSupergraph(supergraph),
  );
  const faults = changes.map(({ description }) => `${withoutDot(description)}${lastUsed(description, used)}`);
  return judged("SCHEMA_CHANGES", faults, REMEDY);
}

/** When that was used which a change is about, where its first word names it. */
function lastUsed(description: string, used: UsedCoordinates): string {
  const day = used.get(description.split(" ", 1).join(""));
  return day === undefined ? "" : ` (last used on ${day})`;
}
