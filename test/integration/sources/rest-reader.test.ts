import { setTimeout as sleep } from "node:timers/promises";
import type { GuardOptions } from "../../../shared/sources/guard";
import { createRestReader } from "../../../shared/sources/rest/reader";
import { RestSource, type RestAddress } from "../../../shared/sources/rest/settings";
import { together } from "../../kit/people";
import {
  startTestSystem,
  type SystemAnswer,
  type SystemRequest,
  type TestSystem,
} from "../../kit/test-system";

const source = RestSource.parse({
  kind: "rest",
  cases: { path: "/zaken", references: "nummers", items: "zaken", next: "volgende", perRequest: 3 },
  identities: { path: "/personen", items: "personen", reference: "zaak", number: "nr", bsn: "bsn" },
  shape: { reference: "zaak", persons: ["leden"], number: "nr", bsn: "bsn" },
});

const caseOf = (zaak: string) => ({ zaak, leden: [{ nr: 1, bsn: "99992021", naam: "Eén" }, { nr: 2 }] });
const json = (value: unknown, more: SystemAnswer = {}): SystemAnswer => ({
  ...more,
  headers: { "content-type": "application/json", ...more.headers },
  body: JSON.stringify(value),
});

/** Two persons on two pages, each with its ETag; cases Z-0 to Z-8. */
function answer({ url, headers }: SystemRequest): SystemAnswer {
  if (url.pathname === "/zaken") {
    const numbers = (url.searchParams.get("nummers") ?? "").split(",").filter((one) => /^Z-\d$/.test(one));
    return json({ zaken: numbers.map(caseOf) });
  }
  if (url.pathname !== "/personen") return { status: 404 };
  const page = url.searchParams.get("pagina") ?? "1";
  if (headers["if-none-match"] === `"p${page}"`) return { status: 304 };
  const link: Record<string, string> = page === "1" ? { link: '</personen?pagina=2>; rel="next"' } : {};
  return json(
    { personen: [{ zaak: "Z-1", nr: Number(page), bsn: page === "1" ? "99992021" : null }] },
    { headers: { etag: `"p${page}"`, ...link } },
  );
}

describe("a source over a REST API", () => {
  let system: TestSystem;
  const opened: { close(): Promise<void> }[] = [];
  const open = (options: GuardOptions = {}, address: Partial<RestAddress> = {}) => {
    const reader = createRestReader(source, { baseUrl: system.url, ...address }, options);
    opened.push(reader);
    return reader;
  };
  const causeOf = async (asked: Promise<unknown>): Promise<unknown> =>
    await asked.then(
      () => "ANSWERED",
      (error: { details?: { cause?: unknown } }) => error.details?.cause,
    );

  beforeEach(async () => {
    system = await startTestSystem();
    system.answerWith(answer);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((reader) => reader.close()));
    await system.stop();
  });

  it("asks for many cases in batches, and leaves unknown ones out", async () => {
    const keys = ["Z-1", "Z-2", "Z-3", "Z-4", "X"];
    const found = await open().families(keys);
    expect([...found.keys()]).toEqual(["Z-1", "Z-2", "Z-3", "Z-4"]);
    expect(system.asked.map(({ url }) => url.searchParams.get("nummers"))).toEqual(["Z-1,Z-2,Z-3", "Z-4,X"]);
  });

  it("gives persons with what their case says, by one question for all", async () => {
    const found = await open().persons(["Z-1/1", "Z-1/2", "Z-2/1", "Z-2/9"]);
    expect(found.map(({ identity }) => identity)).toEqual([
      { person_number: "Z-1/1", bsn: "099992021", case_reference: "Z-1", number: 1 },
      { person_number: "Z-1/2", bsn: null, case_reference: "Z-1", number: 2 },
      { person_number: "Z-2/1", bsn: "099992021", case_reference: "Z-2", number: 1 },
    ]);
    expect(system.asked).toHaveLength(1);
  });

  it("takes a number for the reference that it is, and tells of people without any", async () => {
    system.answerWith(({ url }) =>
      url.pathname === "/zaken"
        ? json({ zaken: [{ zaak: 7, leden: [{ nr: 1 }] }] })
        : json({ personen: [{ zaak: 7, nr: 1 }, { nr: 1 }] }),
    );
    const reader = open();
    const identity = { person_number: "7/1", bsn: null, case_reference: "7", number: 1 };
    expect([...(await reader.families(["7"])).keys()]).toEqual(["7"]);
    expect(await together(reader.identities(true))).toEqual([identity, undefined]);
  });

  it("gives nothing that was not asked for, whatever the system sends", async () => {
    system.answerWith(() => json({ zaken: [caseOf("Z-1"), caseOf("Z-2")] }));
    expect([...(await open().families(["Z-2"])).keys()]).toEqual(["Z-2"]);
  });

  it("reads everybody page by page, and not again while the pages are what they were", async () => {
    const reader = open();
    expect(await together(reader.identities(true))).toHaveLength(2);
    expect(await together(reader.identities(false))).toBeUndefined();
    expect(system.asked.slice(2).map(({ headers }) => headers["if-none-match"])).toEqual(['"p1"', '"p2"']);
    expect(await together(reader.identities(true))).toHaveLength(2);
  });

  it("reads everybody anew where too many pages are marked to ask each of them", async () => {
    const last = 101;
    system.answerWith(({ url, headers }) => {
      const page = Number(url.searchParams.get("pagina") ?? 1);
      if (headers["if-none-match"] !== undefined) return { status: 304 };
      const more = page < last ? { link: `</personen?pagina=${page + 1}>; rel="next"` } : {};
      return json({ personen: [{ zaak: "Z-1", nr: page }] }, { headers: { etag: `"p${page}"`, ...more } });
    });
    const reader = open();
    expect(await together(reader.identities(true))).toHaveLength(last);
    expect(await together(reader.identities(false))).toHaveLength(last);
    expect(system.asked).toHaveLength(2 * last);
  });

  it("reads everybody anew after it could not be asked whether the pages are what they were", async () => {
    const reader = open();
    expect(await together(reader.identities(true))).toHaveLength(2);
    system.answerWith((request) =>
      request.headers["if-none-match"] === undefined ? answer(request) : { body: "cut off", cut: true },
    );
    expect(await causeOf(reader.identities(false))).not.toBe("ANSWERED");
    expect(await together(reader.identities(false))).toHaveLength(2);
  });

  it("follows no page to another server, and no pages in a circle", async () => {
    for (const volgende of ["http://169.254.169.254/", "/zaken?nummers=Z-1", "::"]) {
      system.answerWith(() => json({ zaken: [], volgende }));
      expect(await causeOf(open().families(["Z-1"]))).toBe("FAILED");
    }
  });

  it("asks for a token once, uses it again, and takes a new one when it is refused", async () => {
    let issued = 0;
    let valid = "t1";
    system.answerWith((request) => {
      if (request.url.pathname === "/token") {
        issued += 1;
        return json({ access_token: `t${issued}`, token_type: "Bearer", expires_in: 3600 });
      }
      return request.headers.authorization === `Bearer ${valid}` ? answer(request) : { status: 401 };
    });
    const client = { tokenUrl: `${system.url}/token`, id: "hub", secret: "ge heim" };
    const reader = open({}, { client });
    await Promise.all([reader.families(["Z-1"]), reader.families(["Z-2"]), reader.families(["Z-3"])]);
    expect(issued).toBe(1);
    valid = "t2";
    await reader.families(["Z-1"]);
    expect(issued).toBe(2);
    const token = system.asked.find(({ url }) => url.pathname === "/token");
    expect(token?.body).toBe("grant_type=client_credentials");
    expect(token?.headers.authorization).toBe(`Basic ${Buffer.from("hub:ge%20heim").toString("base64")}`);
  });

  it.each<[string, () => SystemAnswer, string]>([
    ["is slow", () => json({ zaken: [] }, { after: 2_000 }), "TIMEOUT"],
    ["cuts off in the middle", () => json({ zaken: [caseOf("Z-1")] }, { cut: true }), "UNREACHABLE"],
    ["fails", () => ({ status: 500, body: "Jansen 999920212" }), "UNREACHABLE"],
    ["has too much to do", () => ({ status: 429 }), "BUSY"],
    ["refuses", () => ({ status: 403 }), "FAILED"],
    ["moves elsewhere", () => ({ status: 302, headers: { location: "http://169.254.169.254/" } }), "FAILED"],
    ["sends a case without a reference", () => json({ zaken: [caseOf("Z-1"), { leden: [] }] }), "FAILED"],
    ["sends half a JSON", () => ({ body: '{"zaken":[' }), "FAILED"],
    ["sends something else", () => json({ zaken: "geen" }), "FAILED"],
    [
      "writes in another encoding than it says",
      () => ({ body: Buffer.from('{"zaken":[{"zaak":"Z-1","naam":"Eén"}]}', "latin1") }),
      "FAILED",
    ],
  ])("says why there is nothing when the system %s, without a word of it", async (_name, reply, cause) => {
    system.answerWith(reply);
    const logged: unknown[] = [];
    const log = { warn: (...line: unknown[]) => void logged.push(line) };
    const error: unknown = await open({ deadlineMs: 300, log: log as never })
      .families(["Z-1"])
      .catch((one: unknown) => one);
    expect(error).toMatchObject({ code: "SOURCE_UNAVAILABLE", details: { cause } });
    expect(JSON.stringify([logged, error, String((error as Error).stack)])).not.toMatch(/Jansen|9999|127\.0/);
  });

  it("says so when the system is gone, and serves again by itself when it is back", async () => {
    const reader = open({ breaksAfter: 2, restMs: 30 });
    const port = Number(new URL(system.url).port);
    await system.stop();
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await causeOf(reader.families(["Z-1"]))).toBe("UNREACHABLE");
    }
    system = await startTestSystem(port);
    system.answerWith(answer);
    await sleep(60);
    expect((await reader.families(["Z-1"])).size).toBe(1);
  });

  it("reads an encoding that the system declares", async () => {
    system.answerWith(() => ({
      headers: { "content-type": "application/json; charset=windows-1252" },
      body: Buffer.from(JSON.stringify({ zaken: [{ zaak: "Z-1", naam: "Eén" }] }), "latin1"),
    }));
    expect((await open().families(["Z-1"])).get("Z-1")).toMatchObject({ naam: "Eén" });
  });

  it("never has more requests under way than its limit, however many ask", async () => {
    system.answerWith((request) => ({ ...answer(request), after: 10 }));
    const reader = open({ concurrent: 2, queued: 100, deadlineMs: 10_000 });
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, at) => causeOf(reader.families([`Z-${at % 9}`]))),
    );
    expect(new Set(answers)).toEqual(new Set(["ANSWERED"]));
    expect(system.most()).toBeLessThanOrEqual(2);
  });
});
