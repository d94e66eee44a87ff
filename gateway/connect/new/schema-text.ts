// The schema of a new organisation's subgraph: that of another, which is alike but for its names.

import { typePrefix } from "../../../shared/region/region";
import type { Example } from "../contract-schema";
import { inSentence } from "../in-sentence";
import type { NewOrganisation } from "./new-organisation";

/** A description longer than this stands on lines of its own, as GraphQL prints it. */
const LONGEST_ON_A_LINE = 70;

function described(text: string, indent: string): string {
  return text.length > LONGEST_ON_A_LINE
    ? `${indent}"""\n${indent}${text}\n${indent}"""`
    : `${indent}"""${text}"""`;
}

/** Replaces the line that `found` is the begin of, and the description above it. */
function redescribe(sdl: string, found: RegExp, line: string, text: string): string {
  const description = String.raw`(?:"""[^"]*"""\s*)`;
  return sdl.replace(
    new RegExp(String.raw`^([ ]*)${description}(?:${found.source})`, "gm"),
    (_all, indent: string) => `${described(text, indent)}\n${indent}${line}`,
  );
}

/** As `npm run compose` would print it; the names of the templates' descriptions are the same. */
export function schemaTextOf(
  { organisation: other, sdl }: Example,
  { code, field, name }: Pick<NewOrganisation, "code" | "field" | "name">,
): string {
  const [from, to] = [typePrefix(other.code), typePrefix(code)];
  const parts = [
    ["Family", "household", "a household (gezin)"],
    ["Person", "person", "one person (betrokkene)"],
  ] as const;
  return parts.reduce((text, [type, what, whole]) => {
    const dossier = `${type}Dossier`;
    const withField = redescribe(
      text,
      new RegExp(`${other.field}: ${from}${dossier}$`),
      `${field}: ${to}${dossier}`,
      `What ${inSentence(name)} holds about this ${what} (dossier).`,
    );
    return redescribe(
      withField,
      new RegExp(`type ${from}${dossier} `),
      `type ${to}${dossier} `,
      `What ${inSentence(name)} holds about ${whole}.`,
    );
  }, sdl);
}
