// The door for messages: who is not known is not heard, and what is no message of the standard changes nothing.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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
    "too large": (text) => text.replace("?>", `?><!--${"x".repeat(300_000)}-->`),
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
      /^4(00|13) Fo03 StUF055 /,
    );
    expect(await door.stateOf(id)).toEqual(before);
  });

  test("under another content type", async () => {
    const text = notificationText(about(await door.sent(), "Intake"), NODE_USER);
    expect(await door.hand(text, "application/json")).toMatch(/^400 Fo03 StUF055 /);
  });
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
  const status = async (name?: string): Promise<unknown> => {
    const answer = await postWith(url, {}, { ca: authority.cert, ...(name ? { own: own(name) } : {}) });
    return "status" in answer ? answer.status : "no connection";
  };
  try {
    expect(await status()).toBe("no connection");
    expect(await status("lokalis")).toBe(403);
    // Known; what it hands over here is no message.
    expect(await status("stuf-node")).toBe(400);
  } finally {
    await opened.stop();
    rmSync(folder, { recursive: true });
  }
});
