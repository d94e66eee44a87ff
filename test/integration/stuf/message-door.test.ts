// The door for messages: who is not known is not heard, and what is no message of the standard changes nothing.

import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openMessageDoor } from "../../../gateway/stuf/message-door";
import { withDatabase } from "../../kit/database";
import { notificationText, SENDER, type TestNotification } from "../../kit/stuf/inquiries";
import { fillTlsFolder } from "../../kit/test-ca/tls-folder";
import { postWith, tlsFiles } from "../../kit/tls-subgraph";
import { withChain } from "./arrange";
import { about, NODE_USER, ofStranger, withDoor } from "./arrange-door";

const database = withDatabase();
const chain = withChain(database);
const door = withDoor(database, chain);

describe("who is not known is not heard", () => {
  const NOT_ALLOWED = { answer: "403 Fo03 StUF058 CLIENT_NOT_ALLOWED", code: "CLIENT_NOT_ALLOWED" };
  const NO_RECEIVER = { answer: "400 Fo03 StUF055 zender", code: "REQUEST_MALFORMED" };
  const elsewhere = { ...NODE_USER, name: SENDER.organisation };
  const anHourAgo = (text: string): string =>
    text.replace(/(<[a-z]+:Created[^>]*>)[^<]*/, `$1${new Date(Date.now() - 3_600_000).toISOString()}`);
  type Case = readonly [string, (message: TestNotification) => string, typeof NOT_ALLOWED];
  test.each<Case>([
    ["without a token", (message) => notificationText(message), NOT_ALLOWED],
    [
      "with another secret",
      (message) => notificationText(message, { ...NODE_USER, password: "guessed" }),
      NOT_ALLOWED,
    ],
    ["under another name", (message) => notificationText(message, elsewhere), NOT_ALLOWED],
    [
      "with a token of an hour ago",
      (message) => anHourAgo(notificationText(message, NODE_USER)),
      NOT_ALLOWED,
    ],
    [
      "as an organisation that takes no messages",
      (message) => notificationText({ ...message, sender: SENDER }, elsewhere),
      NO_RECEIVER,
    ],
  ])("%s", async (_what, write, { answer, code }) => {
    const id = await door.sent();
    const before = await door.stateOf(id);
    expect(await door.hand(write(about(id, "Intake")))).toBe(answer);
    expect(await door.stateOf(id)).toEqual(before);
    expect(await door.refused()).toEqual([ofStranger(code)]);
  });

  test("with a token that was used, on another message", async () => {
    const id = await door.sent();
    const used = notificationText(about(id, "Intake"), NODE_USER);
    expect(await door.hand(used)).toBe("200 Bv03");
    const before = await door.stateOf(id);
    expect(await door.hand(used.replace("Intake", "Onderzoek"))).toBe(NOT_ALLOWED.answer);
    expect(await door.stateOf(id)).toEqual(before);
    expect(await door.refused()).toEqual([ofStranger(NOT_ALLOWED.code)]);
  });
});

const JSON_TYPE = { "content-type": "application/json" };
const OVER_LIMIT = "x".repeat(300_000);
const tooLarge = (id: string): string =>
  notificationText(about(id, "Intake"), NODE_USER).replace("?>", `?><!--${OVER_LIMIT}-->`);

describe("what is no message of the standard changes nothing", () => {
  const bomb = `<!DOCTYPE a [<!ENTITY b "${"x".repeat(100)}"><!ENTITY c "&b;&b;&b;&b;">]>`;
  const cases: Record<string, (text: string) => string> = {
    "with a document type": (text) => text.replace("?>", `?>${bomb}`),
    "with an entity of a file": (text) =>
      text
        .replace("?>", '?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>')
        .replace("Intake", "&b;"),
    "with an entity that is not declared": (text) => text.replace("Intake", "&b;"),
    "with an instruction": (text) => text.replace("?>", "?><?xml-stylesheet href='http://127.0.0.1/'?>"),
    "too deep": (text) => text.replace("Intake", `${"<a>".repeat(500)}${"</a>".repeat(500)}`),
    "cut off": (text) => text.slice(0, text.length / 2),
    "no XML": () => "{}",
    empty: () => "",
    "with two messages": (text) => text.replace("</soap:Body>", '<a xmlns="urn:a"/></soap:Body>'),
  };
  test.each(Object.keys(cases))("%s", async (what) => {
    const id = await door.sent();
    const before = await door.stateOf(id);
    expect(await door.hand(cases[what]!(notificationText(about(id, "Intake"), NODE_USER)))).toMatch(
      /^400 Fo03 StUF055 /,
    );
    expect(await door.stateOf(id)).toEqual(before);
    expect(await door.refused()).toEqual([ofStranger("REQUEST_MALFORMED")]);
  });

  const plain = (id: string): string => notificationText(about(id, "Intake"), NODE_USER);
  type Case = readonly [string, (id: string) => string, Readonly<Record<string, string>>, number, string];
  test.each<Case>([
    ["too large", tooLarge, {}, 413, "REQUEST_TOO_LARGE"],
    ["too large and of another type", tooLarge, JSON_TYPE, 400, "REQUEST_MALFORMED"],
    [
      "in an unknown character set",
      plain,
      { "content-type": "text/xml; charset=x" },
      415,
      "REQUEST_MALFORMED",
    ],
    ["in an unknown encoding", plain, { "content-encoding": "x" }, 415, "REQUEST_MALFORMED"],
    ["in an encoding that it is not in", plain, { "content-encoding": "gzip" }, 400, "REQUEST_MALFORMED"],
  ])("%s", async (_what, write, headers, status, code) => {
    const id = await door.sent();
    const before = await door.stateOf(id);
    expect(await door.hand(write(id), headers)).toBe(`${status} Fo03 StUF055 ${code}`);
    expect(await door.stateOf(id)).toEqual(before);
    expect(await door.refused()).toEqual([ofStranger(code)]);
    expect(door.said).toEqual([]);
  });

  test("and is refused without a look at what never comes", async () => {
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...JSON_TYPE, "content-length": "10" };
      const sent = request(door.url(), { method: "POST", headers }, (response) => {
        resolve(response.statusCode);
        sent.destroy();
      });
      sent.on("error", reject);
      sent.flushHeaders();
    });
    expect(status).toBe(400);
    expect(await door.refused()).toEqual([ofStranger("REQUEST_MALFORMED")]);
  });

  test.each([
    ["at another path", "/stuf/elders", "POST", 404],
    ["in an address", "/stuf?bericht=1", "GET", 405],
  ])("%s", async (_what, path, method, status) => {
    const response = await fetch(new URL(path, door.url()), { method });
    expect([response.status, response.headers.get("content-type")]).toEqual([
      status,
      "text/xml; charset=utf-8",
    ]);
    expect(await response.text()).toMatch(/Fo03.*StUF055.*REQUEST_MALFORMED/s);
    expect(await door.refused()).toEqual([ofStranger("REQUEST_MALFORMED")]);
  });

  test.each([
    ["as no request at all", "bericht\r\n\r\n"],
    ["with a header that has no end", `POST /stuf HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(100_000)}`],
  ])("%s, and is on record", async (_what, sent) => {
    const answer = async (): Promise<string> => {
      const socket = connect(Number(new URL(door.url()).port), "127.0.0.1");
      const chunks: Buffer[] = [];
      socket.on("error", () => undefined).on("data", (chunk: Buffer) => chunks.push(chunk));
      socket.write(sent);
      await once(socket, "close");
      return Buffer.concat(chunks).toString();
    };
    expect(await answer()).toMatch(/^HTTP\/1\.1 400 /);
    expect(await door.refused()).toEqual([ofStranger("REQUEST_MALFORMED")]);
    door.logIsAway = true;
    expect(await answer()).toMatch(/^HTTP\/1\.1 503 /);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, (id: string) => string]>([
    ["by its type", JSON_TYPE, () => "{}"],
    ["by its size", {}, tooLarge],
    ["by its text", {}, () => "{}"],
    ["by who hands it over", {}, (id) => notificationText(about(id, "Intake"))],
    ["by what it is about", {}, () => notificationText(about(randomUUID(), "Intake"), NODE_USER)],
  ])(
    "what is refused %s and cannot be recorded may come again, and that is said",
    async (_what, headers, write) => {
      const id = await door.sent();
      door.logIsAway = true;
      expect(await door.hand(write(id), headers)).toBe("503 Fo03 StUF058 TRY_AGAIN");
      expect(await door.refused()).toEqual([]);
      expect(door.said).toEqual([expect.stringContaining("LOG_UNAVAILABLE")]);
    },
  );
});

test("over mutual TLS only the node that is named is heard", async () => {
  const folder = mkdtempSync(join(tmpdir(), "schakel-stuf-tls-"));
  const authority = await fillTlsFolder(
    folder,
    { servers: ["gateway"], clients: ["stuf-node", "lokalis"] },
    1,
  );
  const opened = await openMessageDoor(door.deps(), {
    host: "127.0.0.1",
    port: 0,
    tls: { files: tlsFiles(folder, "gateway"), peer: "stuf-node" },
  });
  const own = (name: string) => ({
    cert: readFileSync(join(folder, `${name}.crt`), "utf8"),
    key: readFileSync(join(folder, `${name}.key`), "utf8"),
  });
  const url = `https://localhost:${opened.port}/stuf`;
  const status = async (name?: string, body: unknown = {}): Promise<unknown> => {
    const answer = await postWith(url, body, { ca: authority.cert, ...(name ? { own: own(name) } : {}) });
    return "status" in answer ? answer.status : "no connection";
  };
  try {
    expect(await status()).toBe("no connection");
    expect(await door.refused()).toEqual([]);
    expect(await status("lokalis")).toBe(403);
    // Who it is comes first, whatever it hands over.
    expect(await status("lokalis", OVER_LIMIT)).toBe(403);
    expect(await door.refused()).toEqual([
      ofStranger("CLIENT_NOT_ALLOWED"),
      ofStranger("CLIENT_NOT_ALLOWED"),
    ]);
    // Known; what it hands over here is no message.
    expect(await status("stuf-node")).toBe(400);
  } finally {
    await opened.stop();
    rmSync(folder, { recursive: true });
  }
});
