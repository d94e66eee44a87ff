// The structure of vtoDi01 as far as public sources tell it (docs/stuf.md): a subset of our own making for tests, no part of the
// standard and no replacement of its schemas. Names, order, how often, and the forms of values.

import { NAMESPACES, type Prefix } from "../../../shared/stuf/names";
import type { XmlElement } from "../../../shared/stuf/read-xml";

/** How often an element may stand there: once, once or not at all, at least once, or any number of times. */
type Often = "1" | "?" | "+" | "*";

interface Shape {
  /** Value of StUF:entiteittype. */
  readonly entity?: string;
  readonly text?: RegExp;
  /** May say that it has no value. */
  readonly nil?: boolean;
  /** In this order and no other. */
  readonly parts?: readonly (readonly [string, Often, Shape])[];
}

const ANY = /^[^]*$/;
const SOME = /\S/;
const DATE = /^\d{8}$/;
const some: Shape = { text: SOME };
const any: Shape = { text: ANY };

const party: Shape = {
  parts: [
    ["StUF:organisatie", "1", { text: /^\d{20}$/ }],
    ["StUF:applicatie", "1", { text: /^.{1,50}$/ }],
  ],
};
const extras: Shape = { parts: [["StUF:extraElement", "+", any]] };
const caseType: Shape = {
  entity: "ZAKZKT",
  parts: [["ZKN:gerelateerde", "1", { entity: "ZKT", parts: [["ZKN:omschrijvingGeneriek", "1", some]] }]],
};
const person: Shape = {
  entity: "NPS",
  parts: [
    ["BG:inp.bsn", "?", { text: /^\d{9}$/ }],
    ["BG:geslachtsnaam", "?", some],
    ["BG:voorvoegselGeslachtsnaam", "?", some],
    ["BG:voornamen", "?", some],
    ["BG:geslachtsaanduiding", "?", { text: /^[MVO]$/ }],
    ["BG:geboortedatum", "?", { text: DATE }],
    ["BG:sub.telefoonnummer", "?", any],
    ["StUF:extraElementen", "?", extras],
  ],
};
const document: Shape = {
  entity: "EDC",
  parts: [
    ["ZKN:identificatie", "1", { text: /^.{1,40}$/ }],
    ["ZKN:dct.omschrijving", "1", some],
    ["ZKN:dct.omschrijvingGeneriek", "1", some],
    ["ZKN:creatiedatum", "1", { text: DATE }],
    ["ZKN:titel", "1", some],
    ["ZKN:formaat", "1", some],
    ["ZKN:taal", "1", some],
    ["ZKN:vertrouwelijkAanduiding", "1", some],
    ["ZKN:auteur", "1", any],
    ["ZKN:inhoud", "1", { text: /^[A-Za-z0-9+/]+={0,2}$/ }],
  ],
};

const VTO: Shape = {
  parts: [
    [
      "JZ:stuurgegevens",
      "1",
      {
        parts: [
          ["StUF:berichtcode", "1", { text: /^Di01$/ }],
          ["StUF:zender", "1", party],
          ["StUF:ontvanger", "1", party],
          ["StUF:referentienummer", "1", { text: /^.{1,40}$/ }],
          ["StUF:tijdstipBericht", "1", { text: /^\d{17}$/ }],
          ["StUF:functie", "1", { text: /^vtoDi01$/ }],
        ],
      },
    ],
    [
      "JZ:object",
      "1",
      {
        entity: "ZAK",
        parts: [
          ["ZKN:identificatie", "1", { text: /^.{1,40}$/ }],
          ["ZKN:omschrijving", "1", some],
          ["ZKN:startdatum", "1", { text: DATE }],
          ["ZKN:registratiedatum", "1", { text: DATE }],
          ["StUF:extraElementen", "1", extras],
          ["ZKN:isVan", "1", caseType],
          [
            "ZKN:heeftBetrekkingOp",
            "+",
            {
              entity: "ZAKOBJ",
              parts: [
                ["ZKN:gerelateerde", "1", { entity: "OBJ", parts: [["ZKN:natuurlijkPersoon", "1", person]] }],
                ["ZKN:omschrijving", "1", { text: /^Client \((ongeboren )?kind\)$/ }],
              ],
            },
          ],
          [
            "ZKN:heeftAlsBelanghebbende",
            "*",
            {
              entity: "ZAKBTRBLH",
              parts: [
                ["ZKN:gerelateerde", "1", { entity: "BTR", parts: [["ZKN:natuurlijkPersoon", "1", person]] }],
                ["ZKN:omschrijving", "1", some],
                ["StUF:extraElementen", "1", extras],
              ],
            },
          ],
          [
            "ZKN:heeftAlsUitvoerende",
            "1",
            {
              entity: "ZAKBTRUTV",
              parts: [
                [
                  "ZKN:gerelateerde",
                  "1",
                  {
                    entity: "BTR",
                    parts: [
                      [
                        "ZKN:nietNatuurlijkPersoon",
                        "1",
                        { entity: "NNP", parts: [["BG:statutaireNaam", "1", any]] },
                      ],
                      [
                        "ZKN:medewerker",
                        "1",
                        {
                          entity: "MDW",
                          parts: [
                            ["ZKN:achternaam", "1", any],
                            ["ZKN:telefoonnummer", "1", any],
                          ],
                        },
                      ],
                    ],
                  },
                ],
              ],
            },
          ],
          [
            "ZKN:heeftBetrekkingOpAndere",
            "1",
            {
              entity: "ZAKZAKBTR",
              parts: [
                [
                  "ZKN:gerelateerde",
                  "1",
                  {
                    entity: "ZAK",
                    parts: [
                      ["ZKN:identificatie", "1", { nil: true, text: /^$/ }],
                      ["ZKN:isVan", "1", caseType],
                    ],
                  },
                ],
              ],
            },
          ],
          ["ZKN:heeftRelevant", "*", { entity: "ZAKEDC", parts: [["ZKN:gerelateerde", "1", document]] }],
        ],
      },
    ],
  ],
};

const ENTITY = `{${NAMESPACES.StUF}}entiteittype`;
const NIL = `{${NAMESPACES.xsi}}nil`;

const matches = (one: XmlElement | undefined, name: string): boolean => {
  const [prefix, local] = name.split(":") as [Prefix, string];
  return one?.name === local && one.namespace === NAMESPACES[prefix];
};

function faultsIn(one: XmlElement, shape: Shape, path: string): string[] {
  const faults: string[] = [];
  if (shape.entity !== undefined && one.attributes.get(ENTITY) !== shape.entity)
    faults.push(`${path}: entiteittype`);
  if (shape.nil && one.attributes.get(NIL) !== "true") faults.push(`${path}: nil`);
  if (shape.text && !shape.text.test(one.text)) faults.push(`${path}: text`);
  const rest = [...one.children];
  for (const [name, often, part] of shape.parts ?? []) {
    let count = 0;
    while (matches(rest[0], name)) {
      faults.push(...faultsIn(rest.shift()!, part, `${path}/${name}`));
      count += 1;
    }
    const enough = often === "?" || often === "*" ? true : count > 0;
    const notTooMany = often === "+" || often === "*" ? true : count <= 1;
    if (!enough || !notTooMany) faults.push(`${path}/${name}: ${count} times`);
  }
  return [...faults, ...rest.map(({ name }) => `${path}/${name}: not here`)];
}

/** Where a message is not as the structure has it. */
export const schemaFaults = (message: XmlElement): string[] =>
  matches(message, "JZ:vtoDi01") ? faultsIn(message, VTO, "vtoDi01") : ["not a vtoDi01"];
