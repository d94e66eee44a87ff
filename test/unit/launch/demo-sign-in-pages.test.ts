// The pages of signing in, as they are sent: for everybody to use, and for nobody to abuse.

import { PERSONAS } from "../../kit/personas";
import { askAt, enterPassword, shownCode } from "../../kit/code-flow";
import { startDemoIssuers, Visitor, type DemoIssuers, type Visited } from "../../kit/demo-issuers";

let issuers: DemoIssuers;

beforeAll(async () => {
  issuers = await startDemoIssuers();
});

afterAll(async () => {
  await issuers.stop();
});

/** One page of each kind. */
const walk = async (): Promise<Visited[]> => {
  const visitor = new Visitor();
  const first = await visitor.get(askAt(issuers, "lokalis").address);
  const failed = await enterPassword(visitor, first, "lokalis.privacy-officer", { password: "wrong" });
  const second = await enterPassword(visitor, first, "lokalis.privacy-officer");
  await visitor.post(second.action ?? "", { code: shownCode(second) });
  const confirm = await visitor.get(askAt(issuers, "lokalis").address);
  const signOut = await visitor.get(`${issuers.baseUrl}/issuers/lokalis/sign-out`);
  const error = await visitor.get(`${issuers.baseUrl}/issuers/lokalis/interaction/none`);
  return [first, failed, second, confirm, signOut, error];
};

test("the pages say their language, have one heading, a title of their own and a label for every field", async () => {
  const pages = await walk();
  for (const { text } of pages) {
    expect(text).toContain('<html lang="nl">');
    expect(text.match(/<h1>/g)).toHaveLength(1);
    const fields = [...text.matchAll(/<input (?!type="hidden")[^>]* id="([^"]+)"/g)].map(([, id]) => id);
    for (const id of fields)
      expect(text).toContain(
        `<label ${id === "password" || id === "code" ? 'class="field" ' : ""}for="${id}">`,
      );
  }
  const titles = pages.map(({ text }) => /<title>([^<]+)</.exec(text)?.[1]);
  expect(new Set(titles).size).toBe(pages.length);
  expect(titles[1]).toMatch(/^Fout: /);
});

test("the pages run no script, load nothing, are framed by nobody and kept by nobody", async () => {
  for (const { headers, text } of await walk()) {
    const policy = headers.get("content-security-policy");
    for (const directive of [
      "default-src 'none'",
      "script-src 'none'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
    ]) {
      expect(policy).toContain(directive);
    }
    expect(text).not.toMatch(/<script|\son[a-z]+=|\ssrc=|<link/);
    expect(headers.get("cache-control")).toContain("no-store");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("x-frame-options")).toBe("DENY");
  }
});

test("the pages list the personas of their own organisation, and no others", async () => {
  const { text } = await new Visitor().get(askAt(issuers, "family").address);
  const listed = [...text.matchAll(/name="persona" id="([^"]+)"/g)].map(([, code]) => code);
  expect(listed).toEqual(PERSONAS.filter((one) => one.organisation === "family").map((one) => one.code));
});
