// What is written of an error: its kind and where it happened, never what it says.

import { createLogger, describeError, withoutSecrets } from "../../../shared/kernel/logger";

const SECRET = "Jan Verzonnen";

test("neither the message nor what a driver hangs on an error is written", () => {
  const error = Object.assign(new Error(SECRET), { code: "23505", detail: SECRET, cause: new Error(SECRET) });
  const written = describeError(error);
  expect(written).toMatchObject({ name: "Error", code: "23505", cause: { name: "Error" } });
  expect(JSON.stringify(written)).not.toContain("Verzonnen");
  expect(written["stack"]).toMatch(/^\s+at /);
});

test("neither are the further lines of a message", () => {
  const error = new Error(`cannot be read:\n  ${SECRET}\n  at home with ${SECRET}`);
  const { stack } = describeError(error);
  expect(String(stack).split("\n")[0]).toContain("logger.test");
  expect(stack).not.toContain("cannot be read");
});

test.each([SECRET, { name: SECRET }, undefined])("of what is no error, only the kind", (thrown) => {
  expect(describeError(thrown)).toEqual({ kind: typeof thrown });
});

describe("a log line leaves out", () => {
  const lineOf = (entry: object, text = "said"): string => {
    const lines: string[] = [];
    createLogger("tests", "info", { write: (line) => lines.push(line) }).info(entry, text);
    expect(lines).toHaveLength(1);
    return lines[0] ?? "";
  };
  const PASSWORD = "p4ssw0rd-of-the-hub";
  const DATABASE = `postgresql://hub:${PASSWORD}@db.example:5432/hub?sslmode=verify-full`;

  test.each([
    ["a password by its name", { password: PASSWORD }],
    ["a connection string by its name", { settings: { DATABASE_URL: PASSWORD } }],
    ["what lies deeper", { request: { headers: { authorization: PASSWORD } } }],
    ["a URL under any other name", { deep: { er: { still: [DATABASE] } } }],
    ["what an error of a driver carries", { error: Object.assign(new Error(DATABASE), { input: DATABASE }) }],
    [
      "what a Redis error repeats",
      { error: Object.assign(new Error("no"), { command: { args: [PASSWORD] } }) },
    ],
  ])("%s", (_what, entry) => {
    expect(lineOf(entry)).not.toContain(PASSWORD);
  });

  test("a URL or a token in the sentence, and nothing beside them", () => {
    const token = `${btoa('{"alg":"ES256"}').replaceAll("=", "")}.${btoa('{"sub":"x"}').replaceAll("=", "")}.c2ln`;
    const line = lineOf({ port: 4000 }, `cannot reach ${DATABASE} with ${token} now`);
    expect(line).not.toContain(PASSWORD);
    expect(line).not.toContain(token);
    expect(line).toContain('"port":4000');
    expect(line).toMatch(/cannot reach postgresql:\/\/hub:\[left out\]@db\.example:5432\/hub.* now/);
  });

  test("nothing of a line without secrets", () => {
    const line =
      '{"level":30,"url":"http://127.0.0.1:4000/graphql","mail":"a@b.example","time":"12:30:00"}\n';
    expect(withoutSecrets(line)).toBe(line);
  });
});
