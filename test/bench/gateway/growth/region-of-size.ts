// A region of any size: the one of the pilot, and more local teams of the same shape.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { composeSupergraph } from "../../../../gateway/federate/compose";
import { DEFAULT_REGION, loadRegion, type Region } from "../../../../shared/region/region";
import { kept } from "../../kit/hub/view";
import { FAMILY_PARTS, PERSON_PARTS } from "../../../kit/view";
import { contractOf } from "../../kit/fixed-source";

/** The organisation that is repeated. */
const REPEATED = "lokalis";

/** A region in a file, with what its subgraphs serve. */
export interface SizedRegion {
  readonly region: Region;
  /** Its file, as the setting SCHAKEL_REGION takes it. */
  readonly file: string;
  readonly supergraph: string;
  /** Subgraph -> its contract. */
  readonly contracts: Readonly<Record<string, string>>;
  /** The combined view over all of its organisations. */
  readonly view: string;
}

/** The contract of the repeated organisation under another number. */
const numbered = (number: number): string =>
  contractOf(REPEATED)
    .replaceAll(/\bLokalis(?=(?:Family|Person)Dossier\b)/g, `Lokalis${number}`)
    .replaceAll(/\blokalis: /g, `lokalis${number}: `);

/** Makes a region with so many organisations, five or more, in this folder. */
export function regionOfSize(organisations: number, folder: string): SizedRegion {
  const utrecht = loadRegion(DEFAULT_REGION);
  // What is measured is what rules open; of an organisation that no rule names nothing would come.
  const pilot = { ...utrecht, organisations: utrecht.organisations.filter(({ kind }) => kind !== "OTHER") };
  const pattern = pilot.organisations.find(({ code }) => (code as string) === REPEATED);
  if (!pattern) throw new Error(`There is no ${REPEATED}.`);
  const more = Array.from({ length: organisations - pilot.organisations.length }, (_, index) => index + 2);
  const file = join(folder, `region-${organisations}.json`);
  const added = more.map((number) => ({
    ...pattern,
    code: `${REPEATED}-${number}`,
    legalEntity: `${REPEATED}-${number}`,
    field: `${REPEATED}${number}`,
    name: `${pattern.name} ${number}`,
  }));
  // Where the pilot's files lie, and the text of its file, are no part of it.
  const {
    folder: _folder,
    text: _text,
    ...written
  } = {
    ...pilot,
    code: `bench-${organisations}`,
    organisations: [...pilot.organisations, ...added],
  };
  writeFileSync(file, JSON.stringify(written));
  const region = loadRegion(file);
  const contracts = Object.fromEntries([
    ...[...pilot.organisations.map(({ code }) => code as string), ...pilot.hubSubgraphs].map((name) => [
      name,
      contractOf(name),
    ]),
    ...more.map((number) => [`${REPEATED}-${number}`, numbered(number)]),
  ]) as Record<string, string>;
  const supergraph = composeSupergraph(
    contracts,
    new Set(region.organisations.map(({ code }) => code as string)),
  );
  return { region, file, supergraph, contracts, view: viewOf(region) };
}

const viewOf = ({ organisations }: Region): string => `
  query View($id: ID!) {
    family(id: $id) {
      id
      ${organisations.map(({ field }) => `${field} { ...FamilyParts }`).join("\n")}
      members {
        id role ageBand
        ${organisations.map(({ field }) => `${field} { ...PersonParts }`).join("\n")}
      }
    }
  }
  fragment FamilyParts on FamilyDossier { ${kept(FAMILY_PARTS)} }
  fragment PersonParts on PersonDossier { ${kept(PERSON_PARTS)} }
`;
