// A mapping file that is right, small, for tests to change.

import { FAMILY_FIELDS, PERSON_FIELDS } from "../../shared/sources/mapping/contract";

/** The file as text: what is not mapped here keeps nothing. `over` replaces a field of family or person. */
export function smallMapping(over: Readonly<Record<string, string>> = {}, head = ""): string {
  const lines = (section: "family" | "person", fields: object): string[] => [
    `${section}:`,
    ...Object.keys(fields).map((field) => {
      const said = over[`${section}.${field}`] ?? "{ none: not kept }";
      return `  ${field}: ${said}`;
    }),
  ];
  return [
    "organisation: test",
    ...(head === "" ? [] : [head]),
    "records:",
    "  case:",
    "    zaak: text",
    "    sinds: date",
    "    soort: code",
    "    open: flag",
    "    cijfer: number",
    "    vast: { op: date, door: code }",
    "    leden: [{ nr: number, bsn: bsn, naam: text, rol: code, thuis: flag }]",
    "    regels: [{ lid: number, tekst: text, soort: code, op: date }]",
    "    afspraken: [text]",
    "  persons: [leden]",
    ...lines("family", FAMILY_FIELDS),
    ...lines("person", PERSON_FIELDS),
    "",
  ].join("\n");
}

/** A case in that layout. */
export const CASE = {
  zaak: "Z-1",
  sinds: "2020-01-31",
  soort: "VRB",
  open: true,
  cijfer: 4,
  vast: { op: "2020-02-01", door: "GB" },
  leden: [
    { nr: 1, bsn: "999920212", naam: "Een", rol: "OUD", thuis: true },
    { nr: 2, bsn: "999921137", naam: "Twee", rol: "KND", thuis: false },
  ],
  regels: [
    { lid: 1, tekst: "over een", soort: "A", op: "2020-03-01" },
    { lid: 9, tekst: "over niemand", soort: "B", op: "2020-03-02" },
  ],
  afspraken: ["bellen", "komen"],
};
