// What a region file calls things by: each name once, and no name of what is not there.

import { OTHER_ISSUERS } from "./issuer-codes";

/** The parts of a region file that names stand in. */
export interface NamedParts {
  readonly organisations: readonly {
    readonly code: string;
    readonly name: string;
    readonly field: string;
    readonly legalEntity: string;
    readonly url?: string | undefined;
    readonly issuer?: { readonly issuer: string } | undefined;
    readonly chain?: { readonly oin: string } | undefined;
  }[];
  readonly teams: readonly { readonly code: string; readonly organisations: readonly string[] }[];
  readonly hubSubgraphs: readonly string[];
  readonly consultationChair: { readonly organisation: string };
  readonly issuers: readonly { readonly organisation: string; readonly issuer: string }[];
}

/** A fault, and the part of the file that it is in. */
export type NameFault = readonly [part: keyof NamedParts, fault: string];

/** Every name that is there twice, or that nothing has. */
export function nameFaults(file: NamedParts): NameFault[] {
  return [...doubles(file), ...strangers(file)];
}

const given = <T>(values: readonly (T | undefined)[]): T[] => values.filter((one) => one !== undefined);

/** The numbers by which the chain knows legal entities, each once for every entity that has it. */
function oinsOf(organisations: NamedParts["organisations"]): string[] {
  const entities = organisations.flatMap(({ legalEntity, chain }) =>
    chain ? [`${chain.oin} ${legalEntity}`] : [],
  );
  return [...new Set(entities)].map((one) => one.slice(0, one.indexOf(" ")));
}

function doubles({ organisations, teams, hubSubgraphs, issuers }: NamedParts): NameFault[] {
  const lists: readonly (readonly [part: keyof NamedParts, what: string, values: readonly string[]])[] = [
    ["organisations", "subgraphs are called", [...organisations.map(({ code }) => code), ...hubSubgraphs]],
    ["organisations", "fields are called", organisations.map(({ field }) => field)],
    ["organisations", "organisations are called", organisations.map(({ name }) => name)],
    ["organisations", "subgraphs answer at", given(organisations.map(({ url }) => url))],
    ["organisations", "legal entities have the OIN", oinsOf(organisations)],
    ["teams", "teams are called", teams.map(({ code }) => code)],
    [
      "issuers",
      "issuers are",
      [
        ...organisations.flatMap(({ issuer }) => issuer?.issuer ?? []),
        ...issuers.map(({ issuer }) => issuer),
      ],
    ],
  ];
  return lists.flatMap(([part, what, values]) =>
    [...new Set(values.filter((one, index) => values.indexOf(one) !== index))].map((twice): NameFault => [
      part,
      `two ${what} ${twice}`,
    ]),
  );
}

function strangers({ organisations, teams, consultationChair, issuers }: NamedParts): NameFault[] {
  const codes = organisations.map(({ code }) => code);
  const known = [...codes, ...OTHER_ISSUERS];
  const { organisation: chair } = consultationChair;
  return [
    ...codes
      .filter((code) => OTHER_ISSUERS.includes(code))
      .map((code): NameFault => ["organisations", `${code} is no name for an organisation: others have it`]),
    ...teams.flatMap(({ code, organisations: members }) =>
      members
        .filter((one) => !codes.includes(one))
        .map((one): NameFault => ["teams", `${code} is a team of ${one}, which is no organisation`]),
    ),
    ...issuers
      .filter(({ organisation }) => !known.includes(organisation))
      .map(({ organisation }): NameFault => [
        "issuers",
        `${organisation} is none of ${known.join(", ")}, and has no issuer`,
      ]),
    ...(known.includes(chair)
      ? []
      : [["consultationChair", `${chair} is none of ${known.join(", ")}`] as const]),
  ];
}
