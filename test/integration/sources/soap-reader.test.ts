import type { GuardOptions } from "../../../shared/sources/guard";
import { passwordDigest } from "../../../shared/sources/soap/envelope";
import { createSoapReader } from "../../../shared/sources/soap/reader";
import { SoapSource } from "../../../shared/sources/soap/settings";
import { parseXml, type XmlValue } from "../../../shared/sources/xml";
import { together } from "../../kit/people";
import {
  startTestSystem,
  type SystemAnswer,
  type SystemRequest,
  type TestSystem,
} from "../../kit/test-system";

const USER = { name: "schakel", password: "ge<heim" };
const source = SoapSource.parse({
  kind: "soap",
  namespace: "urn:zaken",
  cases: {
    question: "zakenVraag",
    action: "urn:zaken/vraag",
    items: "zakenAntwoord.zaak",
    reference: "nummer",
    perRequest: 2,
  },
  identities: {
    question: "personenVraag",
    action: "urn:zaken/personen",
    items: "personenAntwoord.persoon",
    reference: "zaak",
    number: "nr",
    bsn: "bsn",
  },
  shape: { reference: "nummer", persons: ["leden.lid"], number: "nr", bsn: "bsn" },
});

const envelope = (body: string): string =>
  `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;
const caseOf = (number: string): string =>
  `<zaak><nummer>${number}</nummer><leden><lid><nr>1</nr><bsn>099992021</bsn><naam>E&#233;n</naam></lid></leden></zaak>`;
const at = (value: XmlValue | undefined, ...names: string[]): XmlValue | undefined =>
  names.reduce<XmlValue | undefined>((one, name) => (one as Record<string, XmlValue> | null)?.[name], value);

/** Cases Z-…, and one person; refuses a question without the right security header. */
function answer(request: SystemRequest): SystemAnswer {
  const asked = at(parseXml(request.body), "Envelope");
  const token = at(asked, "Header", "Security", "UsernameToken") as Record<string, string> | undefined;
  const digest = passwordDigest(
    Buffer.from(token?.["Nonce"] ?? "", "base64"),
    token?.["Created"] ?? "",
    USER.password,
  );
  if (token?.["Username"] !== USER.name || token["Password"] !== digest) {
    return { status: 500, body: envelope("<s:Fault><faultstring>Jansen 999920212</faultstring></s:Fault>") };
  }
  if (request.headers["soapaction"] === '"urn:zaken/personen"') {
    const person = "<persoon><zaak>Z-1</zaak><nr>1</nr><bsn>099992021</bsn></persoon>";
    return { body: envelope(`<personenAntwoord>${person}</personenAntwoord>`) };
  }
  const numbers = [at(asked, "Body", "zakenVraag", "nummer") ?? []].flat() as string[];
  const cases = numbers.filter((one) => one.startsWith("Z-")).map(caseOf);
  return { body: envelope(`<zakenAntwoord>${cases.join("")}</zakenAntwoord>`) };
}

describe("a source over a SOAP service", () => {
  let system: TestSystem;
  const opened: { close(): Promise<void> }[] = [];
  const open = (options: GuardOptions = {}, user = USER) => {
    const reader = createSoapReader(source, { url: `${system.url}/dienst`, user }, options);
    opened.push(reader);
    return reader;
  };

  beforeEach(async () => {
    system = await startTestSystem();
    system.answerWith(answer);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((reader) => reader.close()));
    await system.stop();
  });

  it("asks for many cases in batches with a security header that never holds the password", async () => {
    const found = await open().families(["Z-1", "Z-2", "Z-3", "X"]);
    expect([...found.keys()]).toEqual(["Z-1", "Z-2", "Z-3"]);
    expect(system.asked).toHaveLength(2);
    const sent = JSON.stringify(system.asked.map(({ body, headers }) => [body, headers]));
    expect(sent).not.toMatch(/ge&?.{0,4}heim/);
    const nonces = system.asked.map(({ body }) => /Nonce[^>]*>([^<]+)/.exec(body)?.[1]);
    expect(new Set(nonces).size).toBe(2);
  });

  it("makes the digest that the standard's example has", () => {
    const nonce = Buffer.from("WScqanjCEAC4mQoBE07sAQ==", "base64");
    expect(passwordDigest(nonce, "2003-07-16T01:24:32Z", "")).toMatch(/^[A-Za-z0-9+/]{27}=$/);
  });

  it("gives persons, also one alone in a list, and everybody", async () => {
    const reader = open();
    const identity = { person_number: "Z-1/1", bsn: "099992021", case_reference: "Z-1", number: 1 };
    expect((await reader.persons(["Z-1/1", "Z-1/2"])).map((one) => one.identity)).toEqual([identity]);
    expect(await together(reader.identities(true))).toEqual([identity]);
  });

  it("asks a reference that is XML as what it is: an unknown reference", async () => {
    const evil = "</q:nummer><q:nummer>Z-9";
    const found = await open().families(["Z-1", evil]);
    expect([...found.keys()]).toEqual(["Z-1"]);
  });

  it.each<[string, () => SystemAnswer, string]>([
    ["is slow", () => ({ body: envelope("<zakenAntwoord/>"), after: 2_000 }), "TIMEOUT"],
    ["cuts off in the middle", () => ({ body: envelope(caseOf("Z-1")), cut: true }), "UNREACHABLE"],
    [
      "sends half a document as if it were whole",
      () => ({ body: envelope(caseOf("Z-1")).slice(0, 120) }),
      "FAILED",
    ],
    ["answers with a fault", () => ({ status: 500, body: envelope("<s:Fault>Jansen</s:Fault>") }), "FAILED"],
    [
      "answers with another message",
      () => ({
        body: envelope("<Fo02Bericht><body><omschrijving>Jansen</omschrijving></body></Fo02Bericht>"),
      }),
      "FAILED",
    ],
    [
      "sends a case without a reference",
      () => ({ body: envelope(`<zakenAntwoord>${caseOf("Z-1")}${caseOf("")}</zakenAntwoord>`) }),
      "FAILED",
    ],
    ["fails", () => ({ status: 502, body: "Jansen" }), "UNREACHABLE"],
    ["answers with something else", () => ({ body: "<html>Jansen</html>" }), "FAILED"],
    [
      "sends entities",
      () => ({ body: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>' }),
      "FAILED",
    ],
    [
      "writes in another encoding than it says",
      () => ({
        headers: { "content-type": "text/xml; charset=utf-8" },
        body: Buffer.from(envelope("<zakenAntwoord>é</zakenAntwoord>"), "latin1"),
      }),
      "FAILED",
    ],
  ])("says why there is nothing when the service %s, without a word of it", async (_name, reply, cause) => {
    system.answerWith(reply);
    const logged: unknown[] = [];
    const log = { warn: (...line: unknown[]) => void logged.push(line) };
    const error: unknown = await open({ deadlineMs: 300, log: log as never })
      .families(["Z-1"])
      .catch((one: unknown) => one);
    expect(error).toMatchObject({ code: "SOURCE_UNAVAILABLE", details: { cause } });
    expect(JSON.stringify([logged, error, String((error as Error).stack)])).not.toMatch(/Jansen|root:/);
  });

  it("takes another message for no answer about everybody either, and an empty answer for nobody", async () => {
    const reader = open();
    system.answerWith(() => ({ body: envelope("<Fo02Bericht/>") }));
    await expect(together(reader.identities(true))).rejects.toMatchObject({ details: { cause: "FAILED" } });
    system.answerWith(() => ({ body: envelope("<personenAntwoord/>") }));
    expect(await together(reader.identities(true))).toEqual([]);
  });

  it("is refused with the wrong password, and says no more than that it failed", async () => {
    const reader = open({}, { ...USER, password: "anders" });
    await expect(reader.families(["Z-1"])).rejects.toMatchObject({ details: { cause: "FAILED" } });
  });

  it("reads the encoding that the document declares", async () => {
    system.answerWith(() => ({
      headers: { "content-type": "text/xml" },
      body: Buffer.from(
        envelope("<zakenAntwoord><zaak><nummer>Z-1</nummer><naam>Eén</naam></zaak></zakenAntwoord>").replace(
          'version="1.0"',
          'version="1.0" encoding="ISO-8859-1"',
        ),
        "latin1",
      ),
    }));
    expect((await open().families(["Z-1"])).get("Z-1")).toMatchObject({ naam: "Eén" });
  });
});
