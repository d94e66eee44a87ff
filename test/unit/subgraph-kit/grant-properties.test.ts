// Whatever is granted and whatever is asked: a source delivers what is in both, nothing outside the grant, and to nobody
// without one. Every value says of whom it is and of which category, so what strays is seen.

import { rmSync } from "node:fs";
import * as fc from "fast-check";
import type { FamilyDossierData } from "../../../shared/contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { Category } from "../../../shared/kernel/codes";
import { createLogger } from "../../../shared/kernel/logger";
import type { Grant, GrantedSubject } from "../../../shared/kernel/requester";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { createGrantVerifier } from "../../../shared/subgraph-kit/grant";
import { serveSubgraph } from "../../../shared/subgraph-kit/serve";
import { definition } from "../../../subgraphs/lokalis/schema";
import { forgeGrant, makeGrantKeys } from "../../kit/grant-keys";
import { aGrant, aRequester } from "../../kit/requesters";

/** Hundreds of requests over HTTP take their time on a busy machine. */
jest.setTimeout(60_000);

type Kind = GrantedSubject["type"];
const CATEGORIES = Object.keys(Category) as Category[];
const mark = (key: string, category: Category): string => `mark(${key},${category})`;

/** What can be asked of a dossier, with the category that it is of. */
const FIELDS: Readonly<Record<Kind, readonly (readonly [string, Category])[]>> = {
  Family: [
    ["carePlan { summary }", "CARE_PLAN"],
    ["safetyPlan { summary }", "SAFETY"],
    ["concernReports { edges { node { summary } } }", "CONCERN_REPORT"],
    ["reporters { name }", "REPORTER"],
    ["livingSituation { debts }", "LIVING_SITUATION"],
  ],
  Person: [
    ["goals { text }", "CARE_PLAN"],
    ["childHealth { summary }", "CHILD_HEALTH"],
    ["parentHealth { summary }", "PARENT_HEALTH"],
    ["education { school }", "EDUCATION"],
    ["secretAddress { address }", "SECRET_ADDRESS"],
  ],
};
const IDS: Readonly<Record<Kind, readonly string[]>> = {
  Family: ["F1", "F2", "F3"],
  Person: ["P1", "P2", "P3"],
};
const keyOf = (id: string): string => `key-of-${id}`;

const origin = { organisation: "lokalis", authorRole: null, recordedOn: null };
const text = (key: string, field: string, category: Category) => ({
  ...origin,
  [field]: mark(key, category),
});
const familyOf = (key: string) =>
  ({
    carePlan: text(key, "summary", "CARE_PLAN"),
    safetyPlan: text(key, "summary", "SAFETY"),
    concernReports: [text(key, "summary", "CONCERN_REPORT")],
    reporters: [text(key, "name", "REPORTER")],
    livingSituation: text(key, "debts", "LIVING_SITUATION"),
  }) as unknown as FamilyDossierData;
const personOf = (key: string) =>
  ({
    goals: [text(key, "text", "CARE_PLAN")],
    childHealth: text(key, "summary", "CHILD_HEALTH"),
    parentHealth: text(key, "summary", "PARENT_HEALTH"),
    education: text(key, "school", "EDUCATION"),
    secretAddress: text(key, "address", "SECRET_ADDRESS"),
  }) as unknown as PersonDossierData;

let keys: Awaited<ReturnType<typeof makeGrantKeys>>;
let server: Awaited<ReturnType<typeof serveSubgraph>>;
beforeAll(async () => {
  keys = await makeGrantKeys();
  server = await serveSubgraph({
    schema: await buildSubgraphSchema(definition),
    // It has everything of everybody, whoever asks.
    backing: {
      kind: "organisation",
      source: {
        findFamilies: async (asked) => new Map(asked.map((key) => [key, familyOf(key)])),
        findPersons: async (asked) => new Map(asked.map((key) => [key, personOf(key)])),
        ready: async () => undefined,
        close: async () => undefined,
      },
    },
    verifyGrant: await createGrantVerifier(keys.publicFile, "lokalis"),
    log: createLogger("lokalis", "silent"),
    host: "127.0.0.1",
    port: 0,
  });
});
afterAll(async () => {
  await server.stop();
  rmSync(keys.directory, { recursive: true });
});

interface Asked {
  readonly type: Kind;
  readonly id: string;
  readonly fields: readonly (readonly [string, Category])[];
}
interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** One request for all: each its own fields, under an alias of its own. */
function requestFor(asked: readonly Asked[]): Request {
  const parts = asked.map(
    ({ type, fields }, at) =>
      `a${at}: _entities(representations: $r${at}) { ... on ${type} { lokalis { ${fields.map(([field], n) => `f${n}: ${field}`).join(" ")} } } }`,
  );
  return {
    query: `query (${asked.map((_, at) => `$r${at}: [_Any!]!`).join(", ")}) { ${parts.join(" ")} }`,
    variables: Object.fromEntries(asked.map(({ type, id }, at) => [`r${at}`, [{ __typename: type, id }]])),
  };
}

async function post(request: Request, grant: unknown): Promise<{ status: number; text: string }> {
  const response = await fetch(server.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...request, extensions: grant === undefined ? {} : { grant } }),
  });
  return { status: response.status, text: await response.text() };
}

const marksIn = (answer: string): Set<string> => new Set(answer.match(/mark\([^)]*\)/g));

const anyKind = fc.constantFrom<Kind>("Family", "Person");
const anyGranted: fc.Arbitrary<readonly GrantedSubject[]> = fc
  .uniqueArray(
    anyKind.chain((type) =>
      fc.record({
        type: fc.constant(type),
        id: fc.constantFrom(...IDS[type]),
        categories: fc.uniqueArray(fc.constantFrom(...CATEGORIES)),
      }),
    ),
    { selector: ({ type, id }) => `${type}:${id}`, maxLength: 6 },
  )
  .map((subjects) => subjects.map((one) => ({ ...one, key: keyOf(one.id) })));
const anyAsked: fc.Arbitrary<readonly Asked[]> = fc.array(
  anyKind.chain((type) =>
    fc.record({
      type: fc.constant(type),
      id: fc.constantFrom(...IDS[type]),
      fields: fc.uniqueArray(fc.constantFrom(...FIELDS[type]), {
        minLength: 1,
        selector: ([field]) => field,
      }),
    }),
  ),
  { minLength: 1, maxLength: 4 },
);

const grantOf = (subjects: readonly GrantedSubject[]): Grant => ({
  ...aGrant(aRequester("lokalis.worker", "WORKER"), "CARE"),
  subjects,
});

test("delivers exactly what is granted and asked", async () => {
  await fc.assert(
    fc.asyncProperty(anyGranted, anyAsked, async (subjects, asked) => {
      const request = requestFor(asked);
      const answer = await post(request, await keys.sign(grantOf(subjects), "lokalis", request));
      const expected = asked.flatMap(({ type, id, fields }) => {
        const granted = subjects.find((one) => one.type === type && one.id === id);
        return fields
          .filter(([, category]) => granted?.categories.includes(category))
          .map(([, category]) => mark(keyOf(id), category));
      });
      expect(answer.status).toBe(200);
      expect(marksIn(answer.text)).toEqual(new Set(expected));
    }),
    { numRuns: 100 },
  );
});

/** What becomes of a good grant on the way; gives undefined for none. */
type Spoil = (subjects: readonly GrantedSubject[], request: Request) => Promise<unknown>;
const nowS = (): number => Math.floor(Date.now() / 1000);
const forged = (change: Parameters<typeof forgeGrant>[4], audience = "lokalis"): Spoil => {
  return (subjects, request) => forgeGrant(keys.privateFile, grantOf(subjects), audience, request, change);
};
const SPOILS: Readonly<Record<string, Spoil>> = {
  none: async () => undefined,
  "the grant as JSON": async (subjects) => grantOf(subjects),
  "for another source": (subjects, request) => keys.sign(grantOf(subjects), "save", request),
  "for another request": (subjects, request) =>
    keys.sign(grantOf(subjects), "lokalis", { ...request, query: `${request.query} ` }),
  "for other variables": (subjects, request) =>
    keys.sign(grantOf(subjects), "lokalis", { ...request, variables: { ...request.variables, more: 1 } }),
  "of another minute": (subjects, request) =>
    forged({ claims: { iat: nowS() - 90, exp: nowS() - 60 } })(subjects, request),
  "bound to another connection": (subjects, request) => keys.sign(grantOf(subjects), "lokalis", request, "x"),
  "of another issuer": forged({ claims: { iss: "elders" } }),
  "of a nameless key": forged({ header: { kid: undefined } }),
  "with more subjects than were signed": async (subjects, request) => {
    const [header = "", payload = "", signature = ""] = (
      await keys.sign(grantOf(subjects), "lokalis", request)
    ).split(".");
    const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as { grant: Grant };
    const more = IDS.Family.map((id) => ({ type: "Family", id, key: keyOf(id), categories: CATEGORIES }));
    const stretched = { ...claims, grant: { ...claims.grant, subjects: more } };
    return `${header}.${Buffer.from(JSON.stringify(stretched)).toString("base64url")}.${signature}`;
  },
};

test("delivers nothing to anything that does not come through a gateway", async () => {
  await fc.assert(
    fc.asyncProperty(
      anyGranted,
      anyAsked,
      fc.constantFrom(...Object.keys(SPOILS)),
      async (subjects, asked, spoil) => {
        const request = requestFor(asked);
        const answer = await post(request, await SPOILS[spoil]?.(subjects, request));
        expect([spoil, answer.status]).toEqual([spoil, 401]);
        expect(answer.text).toMatch(/"code":"GRANT_(REQUIRED|INVALID|EXPIRED)"/);
        expect(marksIn(answer.text)).toEqual(new Set());
      },
    ),
    { numRuns: 100 },
  );
});

test("delivers the same thing once, whatever it was", async () => {
  await fc.assert(
    fc.asyncProperty(anyGranted, anyAsked, async (subjects, asked) => {
      const request = requestFor(asked);
      const grant = await keys.sign(grantOf(subjects), "lokalis", request);
      expect((await post(request, grant)).status).toBe(200);
      const again = await post(request, grant);
      expect([again.status, marksIn(again.text)]).toEqual([401, new Set()]);
      expect(again.text).toContain("GRANT_REPLAYED");
    }),
    { numRuns: 40 },
  );
});
