// The systems of which `npm run connect -- new` writes an example: an API, a service, and a folder with an export.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseXml, type XmlValue } from "../../shared/sources/xml";
import type { SystemAnswer, SystemRequest } from "./test-system";

/** Who is in the system: one person in each of these cases. */
export interface Someone {
  readonly reference: string;
  readonly number: number;
  readonly bsn: string;
}

const caseOf = ({ reference }: Someone) => ({
  begonnen: "2020-03-02",
  beeindigd: "",
  soort: "A",
  contactpersoon: `Consulent van ${reference}`,
  telefoon: "030-0000000",
  plan: "Wekelijks contact.",
});
const personOf = ({ reference }: Someone) => ({
  naam: `Kind van ${reference}`,
  geboren: "2012-05-04",
  rol: "KND",
  school: "Voorbeeldschool",
  verzuim: "Vier dagen.",
});

const json = (value: unknown): SystemAnswer => ({
  headers: { "content-type": "application/json" },
  body: JSON.stringify(value),
});

/** An API with these people. */
export const anApi =
  (people: readonly Someone[]) =>
  ({ url }: SystemRequest): SystemAnswer => {
    if (url.pathname === "/personen") {
      const personen = people.map(({ reference: nummer, number: volgnr, bsn }) => ({ nummer, volgnr, bsn }));
      return json({ personen });
    }
    if (url.pathname !== "/dossiers") return { status: 404 };
    const asked = (url.searchParams.get("nummers") ?? "").split(",");
    const dossiers = people
      .filter(({ reference }) => asked.includes(reference))
      .map((one) => ({
        ...caseOf(one),
        beeindigd: null,
        nummer: one.reference,
        betrokkenen: [{ ...personOf(one), volgnr: one.number, bsn: one.bsn }],
      }));
    return json({ dossiers });
  };

const elements = (part: object): string =>
  Object.entries(part)
    .map(([name, value]) => `<${name}>${String(value)}</${name}>`)
    .join("");
const envelope = (body: string): SystemAnswer => ({
  headers: { "content-type": "text/xml; charset=utf-8" },
  body: `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`,
});
const at = (value: XmlValue | undefined, ...names: string[]): XmlValue | undefined =>
  names.reduce<XmlValue | undefined>((one, name) => (one as Record<string, XmlValue> | null)?.[name], value);

/** A service with these people. */
export const aService =
  (people: readonly Someone[]) =>
  ({ body, headers }: SystemRequest): SystemAnswer => {
    if (String(headers["soapaction"]).includes("personen")) {
      const all = people.map(({ reference: nummer, number: volgnr, bsn }) =>
        elements({ nummer, volgnr, bsn }),
      );
      return envelope(
        `<personenAntwoord>${all.map((one) => `<persoon>${one}</persoon>`).join("")}</personenAntwoord>`,
      );
    }
    const asked = [
      at(parseXml(body), "Envelope", "Body", "dossiersVraag", "nummer") ?? [],
    ].flat() as string[];
    const cases = people
      .filter(({ reference }) => asked.includes(reference))
      .map((one) => {
        const person = elements({ ...personOf(one), volgnr: one.number, bsn: one.bsn });
        const own = elements({ nummer: one.reference, ...caseOf(one) });
        return `<dossier>${own}<betrokkene>${person}</betrokkene></dossier>`;
      });
    return envelope(`<dossiersAntwoord>${cases.join("")}</dossiersAntwoord>`);
  };

/** Drops an export with these people. */
export function dropExport(folder: string, code: string, people: readonly Someone[]): void {
  const lines = people.map((one) => ({
    nummer: one.reference,
    ...caseOf(one),
    volgnr: one.number,
    bsn: one.bsn,
    ...personOf(one),
  }));
  const rows = lines.map((line) => Object.values(line).join(";"));
  const header = Object.keys(lines[0] ?? {}).join(";");
  const text = [header, ...rows, `#EINDE;${rows.length}`, ""].join("\n");
  writeFileSync(join(folder, `${code}-export-1.csv`), text);
}
