// What a source was asked, read from the requests that reached it.

import { Kind, parse, visit, type FieldNode } from "graphql";
import type { Captured } from "./recording-proxy";
import { CATEGORY_OF } from "./view";

/** One category of one subject that a source was asked for. */
export interface Asked {
  readonly subject: string;
  readonly category: string;
}

/** Every subject x category that a captured request asks. Throws when subjects stand anywhere but in a variable. */
export function askedIn({ query, variables }: Captured): Asked[] {
  const asked: Asked[] = [];
  visit(parse(query), {
    Field: (group: FieldNode) => {
      if (group.name.value !== "_entities") return;
      const argument = group.arguments?.[0]?.value;
      if (argument?.kind !== Kind.VARIABLE) throw new Error("Representations that are no variable.");
      const subjects = variables[argument.name.value] as { __typename: string; id: string }[];
      visit(group, {
        Field: (field) => {
          const category = CATEGORY_OF[field.name.value];
          if (category) for (const { id } of subjects) asked.push({ subject: id, category });
        },
      });
    },
  });
  return asked;
}
