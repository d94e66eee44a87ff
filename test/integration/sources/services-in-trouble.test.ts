// Systems behind an API or a service that are large, that break off, or that change while they are read: what is given stays
// right, what is missing is said, and the system is asked no more than its limits allow.

import path from "node:path";
import { rmSync, writeFileSync } from "node:fs";
import { allFound } from "../../../shared/sources/found";
import type { GuardOptions } from "../../../shared/sources/guard";
import { openDeclaredSource } from "../../../shared/sources/open-source";
import type { OrganisationSource } from "../../../shared/sources/organisation-source";
import { pseudonymOf } from "../../../shared/sources/pseudonym";
import type { RecordReader } from "../../../shared/sources/record-reader";
import { createRestReader } from "../../../shared/sources/rest/reader";
import { RestSource } from "../../../shared/sources/rest/settings";
import { createSoapReader } from "../../../shared/sources/soap/reader";
import { SoapSource } from "../../../shared/sources/soap/settings";
import { eventually } from "../../kit/hub";
import { pagesOf } from "../../kit/people";
import { makeTestFolder } from "../../kit/test-folders";
import {
  startTestSystem,
  type SystemAnswer,
  type SystemRequest,
  type TestSystem,
} from "../../kit/test-system";

const KEY = { version: 1, secret: Buffer.alloc(32, 3) };
const MILLION = 1_000_000;
const LARGE_PAGE = 10_000;
/** Numbers of the range for tests. */
const ONE = "999920212";
const OTHER = "999910000";
const pseudonymOfOne = pseudonymOf(KEY, { bsn: ONE });
const pseudonymOfOther = pseudonymOf(KEY, { bsn: OTHER });

/** A person as both systems tell it. */
interface Someone {
  readonly zaak: string;
  readonly nr: number;
  readonly bsn: string | null;
}

/** A case as both systems tell it. */
interface Case {
  readonly zaak: string;
  readonly soort: string;
  readonly leden: readonly { readonly nr: number; readonly bsn: string | null; readonly naam: string }[];
}

/** What a kind of system says; a page is asked by where the one before it ended. */
interface Kind {
  readonly source: object;
  /** Where the question begins, or undefined when it asks for cases. */
  readonly after: (request: SystemRequest) => string | undefined;
  readonly people: (page: readonly Someone[], next: string | undefined) => SystemAnswer;
  readonly cases: (cases: readonly Case[]) => SystemAnswer;
  readonly reader: (url: string, options?: GuardOptions) => RecordReader;
}

const restSource = {
  kind: "rest",
  cases: { path: "/zaken", references: "nummers", items: "zaken" },
  identities: { path: "/personen", items: "personen", reference: "zaak", number: "nr", bsn: "bsn" },
  shape: { reference: "zaak", persons: ["leden"], number: "nr", bsn: "bsn" },
};
const rest: Kind = {
  source: restSource,
  after: ({ url }) => (url.pathname === "/personen" ? (url.searchParams.get("na") ?? "") : undefined),
  people: (personen, next) => ({
    body: JSON.stringify({ personen }),
    headers: next === undefined ? {} : { link: `</personen?na=${next}>; rel="next"` },
  }),
  cases: (zaken) => ({ body: JSON.stringify({ zaken }) }),
  reader: (url, options) => createRestReader(RestSource.parse(restSource), { baseUrl: url }, options),
};

const soapSource = {
  kind: "soap",
  namespace: "urn:z",
  cases: { question: "zaakVraag", action: "urn:z/zaak", items: "a.zaak", reference: "nummer" },
  identities: {
    question: "persoonVraag",
    action: "urn:z/persoon",
    items: "a.p",
    reference: "zaak",
    number: "nr",
    bsn: "bsn",
    next: { answer: "a.na", question: "na" },
  },
  shape: { reference: "zaak", persons: ["leden"], number: "nr", bsn: "bsn" },
};
const envelope = (inside: string): string =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a>${inside}</a></s:Body></s:Envelope>`;
const soap: Kind = {
  source: soapSource,
  after: ({ headers, body }) =>
    headers["soapaction"] === '"urn:z/persoon"' ? (/<q:na>([^<]*)<\/q:na>/.exec(body)?.[1] ?? "") : undefined,
  people: (people, next) => {
    const parts = people.map(
      ({ zaak, nr, bsn }) =>
        `<p><zaak>${zaak}</zaak><nr>${nr}</nr>${bsn === null ? "" : `<bsn>${bsn}</bsn>`}</p>`,
    );
    return { body: envelope(`${parts.join("")}${next === undefined ? "" : `<na>${next}</na>`}`) };
  },
  cases: (cases) => {
    const parts = cases.map(({ zaak, soort, leden }) => {
      const members = leden.map(
        ({ nr, bsn, naam }) => `<leden><nr>${nr}</nr><bsn>${bsn ?? ""}</bsn><naam>${naam}</naam></leden>`,
      );
      return `<zaak><zaak>${zaak}</zaak><soort>${soort}</soort>${members.join("")}</zaak>`;
    });
    return { body: envelope(parts.join("")) };
  },
  reader: (url, options) => createSoapReader(SoapSource.parse(soapSource), { url }, options),
};

const FAMILY =
  "household carePlan contactNotes safetyPlan concernReports reporters criminalRecords livingSituation measures investigationReports";
const PERSON =
  "householdRole goals safetyAssessments childHealth parentHealth criminalRecords education measures secretAddress";
const none = (fields: string): string =>
  fields
    .split(" ")
    .map((field) => `  ${field}: { none: not kept }`)
    .join("\n");
const mappingOf = (source: object): string => `organisation: test
values: text
source: ${JSON.stringify(source)}
records:
  case: { zaak: text, soort: code, leden: [{ nr: number, bsn: bsn, naam: text }] }
  persons: [leden]
codes:
  soorten: { VRB: vrijwillig }
family:
  involvement: { kind: { code: soort, in: soorten } }
${none(FAMILY)}
person:
  identity: { name: naam }
${none(PERSON)}
`;

describe.each<[string, Kind]>([
  ["an API", rest],
  ["a service", soap],
])("a system behind %s", (_name, kind) => {
  const opened: { close(): Promise<void> }[] = [];
  let system: TestSystem;
  let folder: string;
  let cases: Case[];
  /** Who is on which page; the name of a page is where the one before it ended. */
  let pages: Map<string, { readonly people: readonly Someone[]; readonly next?: string }>;

  const caseOf = (zaak: string, ...leden: Case["leden"]): Case => ({ zaak, soort: "VRB", leden });
  const answer = (request: SystemRequest): SystemAnswer => {
    const after = kind.after(request);
    if (after === undefined) return kind.cases(cases);
    const page = pages.get(after);
    return page ? kind.people(page.people, page.next) : { status: 500 };
  };
  const open = async (
    options: GuardOptions & { indexRefreshMs?: number } = {},
  ): Promise<OrganisationSource> => {
    const file = path.join(folder, "mapping.yaml");
    writeFileSync(file, mappingOf(kind.source));
    const source = await openDeclaredSource(file, {
      address: { url: system.url },
      pseudonymKey: KEY,
      ...options,
    });
    opened.push(source);
    return source;
  };
  const nameOf = async (source: OrganisationSource, pseudonym: string) =>
    allFound(await source.findPersons([pseudonym])).get(pseudonym)?.identity?.name;

  beforeEach(async () => {
    folder = makeTestFolder();
    system = await startTestSystem();
    system.answerWith(answer);
    cases = [
      caseOf("Z-1", { nr: 1, bsn: ONE, naam: "Een" }),
      caseOf("Z-2", { nr: 1, bsn: OTHER, naam: "Twee" }),
    ];
    pages = new Map([
      ["", { people: [{ zaak: "Z-1", nr: 1, bsn: ONE }], next: "p2" }],
      ["p2", { people: [{ zaak: "Z-2", nr: 1, bsn: OTHER }] }],
    ]);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
    await system.stop();
    rmSync(folder, { recursive: true });
  });

  test("with a million people is read a page at a time, and asked for the next one when the last was taken", async () => {
    system.answerWith((request) => {
      const from = Number(kind.after(request));
      const to = from + LARGE_PAGE;
      const people = Array.from({ length: LARGE_PAGE }, (_, at) => ({
        zaak: `Z-${from + at}`,
        nr: 1,
        bsn: null,
      }));
      return kind.people(people, to < MILLION ? String(to) : undefined);
    });
    const reader = kind.reader(system.url);
    opened.push(reader);
    const people = await reader.identities(true);
    let read = 0;
    let taken = 0;
    for await (const page of pagesOf(people ?? [])) {
      read += page.length;
      taken += 1;
      expect(system.asked).toHaveLength(taken);
    }
    expect(read).toBe(MILLION);
    expect(system.most()).toBe(1);
  }, 120_000);

  test("that breaks off between two pages leaves who was known, and takes nothing of the half over", async () => {
    const source = await open({ indexRefreshMs: 0 });
    expect(await nameOf(source, pseudonymOfOne)).toBe("Een");
    // Now they change places, and the second page never comes.
    pages.set("", { people: [{ zaak: "Z-2", nr: 1, bsn: ONE }], next: "gone" });
    const failure = await eventually("a reading that breaks off", async () =>
      source.findPersons(["nobody"]).then((found) => found.get("nobody")),
    );
    expect(failure).toMatchObject({ code: "SOURCE_UNAVAILABLE" });
    expect(await nameOf(source, pseudonymOfOne)).toBe("Een");
    expect(await nameOf(source, pseudonymOfOther)).toBe("Twee");
  });

  test("in which somebody comes in while it is read gives everybody once, and the newcomer afterwards", async () => {
    const newcomer = pseudonymOf(KEY, { bsn: "999910814" });
    system.answerWith((request) => {
      const given = answer(request);
      cases = [
        caseOf("Z-0", { nr: 1, bsn: "999910814", naam: "Nieuw" }),
        ...cases.filter(({ zaak }) => zaak !== "Z-0"),
      ];
      pages.set("", {
        people: [
          { zaak: "Z-0", nr: 1, bsn: "999910814" },
          { zaak: "Z-1", nr: 1, bsn: ONE },
        ],
        next: "p2",
      });
      return given;
    });
    const source = await open({ indexRefreshMs: 0 });
    expect(await nameOf(source, pseudonymOfOther)).toBe("Twee");
    expect(await nameOf(source, pseudonymOfOne)).toBe("Een");
    expect(await eventually("the newcomer", () => nameOf(source, newcomer))).toBe("Nieuw");
  });

  test("in which a number was corrected after everybody was read gives nobody in the place of another", async () => {
    const source = await open();
    expect(await nameOf(source, pseudonymOfOne)).toBe("Een");
    cases = [caseOf("Z-1", { nr: 1, bsn: OTHER, naam: "Ander" })];
    expect(await nameOf(source, pseudonymOfOne)).toBeUndefined();
  });

  test("with a code that nobody knows shows it as that, and all the rest", async () => {
    cases = [{ ...caseOf("Z-1", { nr: 1, bsn: ONE, naam: "Een" }), soort: "QQQ" }, caseOf("Z-2")];
    const source = await open();
    const found = allFound(await source.findFamilies(["Z-1", "Z-2"]));
    expect(found.get("Z-1")?.involvement?.kind).toBe("onbekende code (QQQ)");
    expect(found.get("Z-2")?.involvement?.kind).toBe("vrijwillig");
    expect(await nameOf(source, pseudonymOfOne)).toBe("Een");
  });

  test("that fails is asked no more than its limits allow, and is left alone after that", async () => {
    const source = await open({ concurrent: 2, queued: 3, breaksAfter: 4, restMs: 60_000 });
    system.answerWith(() => ({ status: 500, after: 5 }));
    const causes: unknown[] = [];
    for (let round = 0; round < 3; round += 1) {
      const asked = Array.from({ length: 20 }, (_, at) =>
        source.findFamilies([`Z-${at}`]).catch((error: { details?: { cause?: unknown } }) => {
          causes.push(error.details?.cause);
        }),
      );
      await Promise.all(asked);
    }
    expect(causes).toHaveLength(60);
    expect(new Set(causes)).toEqual(new Set(["BUSY", "UNREACHABLE"]));
    expect(system.most()).toBeLessThanOrEqual(2);
    // Those that were under way when the fourth failed, and none after.
    expect(system.asked.length).toBeLessThanOrEqual(5);
  });
});
