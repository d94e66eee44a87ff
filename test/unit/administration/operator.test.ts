// Who gives a command that administers the hub is known by a token, or by the user of this machine; on trust only where neither
// is set, and never in production.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { onRecord } from "../../../shared/administration/act-record";
import {
  identifyOperator,
  operatorOfUser,
  systemUser,
  type OperatorEnvironment,
} from "../../../shared/administration/operator";
import type { NewAccessLogEntry } from "../../../shared/access-log/access-log-entry";
import { SchakelError } from "../../../shared/kernel/errors";
import { toWorkerId } from "../../../shared/kernel/ids";

const HERE: OperatorEnvironment = { SCHAKEL_HOST: "127.0.0.1", SCHAKEL_PORT: 1024, NODE_ENV: "demo" };
let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "schakel-operators-"));
  file = join(folder, "operators.json");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});
const name = (operators: unknown): void => {
  writeFileSync(file, JSON.stringify({ operators }), { mode: 0o644 });
};

test("where nothing is set, whoever says so is believed, and the record tells that", async () => {
  expect(await identifyOperator(HERE)).toEqual({ id: "hub.operator", knownBy: "TRUST" });
  expect(await identifyOperator(HERE, "hub.other")).toEqual({ id: "hub.other", knownBy: "TRUST" });
});

test("in production nobody is believed on their word", async () => {
  await expect(identifyOperator({ ...HERE, NODE_ENV: "production" }, "hub.operator")).rejects.toThrow(
    /SCHAKEL_OPERATOR_TOKEN[^]*SCHAKEL_OPERATORS_FILE/,
  );
});

test("a user of this machine is the operator that the file names, and nobody else", async () => {
  const env = { ...HERE, NODE_ENV: "production", SCHAKEL_OPERATORS_FILE: file } as const;
  name({ [systemUser()]: "hub.second" });
  expect(await identifyOperator(env)).toEqual({ id: "hub.second", knownBy: "USER" });
  expect(await identifyOperator(env, "hub.second")).toEqual({ id: "hub.second", knownBy: "USER" });
  await expect(identifyOperator(env, "hub.operator")).rejects.toThrow(/--by names somebody else/);
});

test("under sudo it is who used it, for root alone", () => {
  const isRoot = userInfo().uid === 0;
  expect(systemUser({})).toBe(userInfo().username);
  expect(systemUser({ SUDO_USER: "somebody" })).toBe(isRoot ? "somebody" : userInfo().username);
});

test.each([
  ["a user that it does not name", { other: "hub.other" }, /names no operator/],
  ["a name of the language itself", {}, /names no operator/, "constructor"],
  ["what is no list of operators", ["hub.other"], /an object/],
] as const)("a file is refused for %s", (_what, operators, fault, user: string = "somebody") => {
  name(operators);
  expect(() => operatorOfUser(file, user)).toThrow(fault);
});

test("a file is refused that is not there, that others can change, or whose ids are none", async () => {
  expect(() => operatorOfUser(file, "somebody")).toThrow(/ENOENT/);
  name({ [systemUser()]: "Jan Jansen" });
  const env = { ...HERE, SCHAKEL_OPERATORS_FILE: file };
  await expect(identifyOperator(env)).rejects.toThrow(/an id is/);
  chmodSync(file, 0o666);
  await expect(identifyOperator(env)).rejects.toThrow(/others than its owner can change it/);
});

describe("a token", () => {
  let gateway: Server;
  let answer: readonly [number, unknown] = [200, {}];
  let shown: string | undefined;
  beforeAll(async () => {
    gateway = createServer((request, response) => {
      shown = `${request.url} ${request.headers.authorization}`;
      response.writeHead(answer[0], { "content-type": "application/json" }).end(JSON.stringify(answer[1]));
    });
    await new Promise<void>((resolve) => gateway.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    gateway.close();
  });
  const env = (): OperatorEnvironment => ({
    ...HERE,
    NODE_ENV: "production",
    SCHAKEL_GATEWAY_URL: `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`,
    SCHAKEL_OPERATOR_TOKEN: "t0ken",
    SCHAKEL_OPERATORS_FILE: file,
  });

  test("is of whom the gateway says, whatever the file says", async () => {
    name({ [systemUser()]: "hub.second" });
    answer = [200, { operator: "hub.first" }];
    expect(await identifyOperator(env())).toEqual({ id: "hub.first", knownBy: "TOKEN" });
    expect(shown).toBe("/operator Bearer t0ken");
    await expect(identifyOperator(env(), "hub.second")).rejects.toThrow(/--by names somebody else/);
  });

  test.each([
    ["refuses it", [401, { errors: [{ extensions: { code: "TOKEN_EXPIRED" } }] }], /TOKEN_EXPIRED/],
    [
      "says that it is nobody",
      [200, { errors: [{ extensions: { code: "ACCESS_DENIED" } }] }],
      /ACCESS_DENIED/,
    ],
    ["says something else", [200, { hello: "world" }], /\(200\)/],
  ] as const)("is of nobody when the gateway %s", async (_what, said, fault) => {
    name({ [systemUser()]: "hub.second" });
    answer = said;
    await expect(identifyOperator(env())).rejects.toThrow(fault);
  });

  test("is of nobody when no gateway answers", async () => {
    const away = { ...env(), SCHAKEL_GATEWAY_URL: "http://127.0.0.1:1" };
    await expect(identifyOperator(away)).rejects.toThrow(/does not answer; nothing was done/);
  });
});

describe("an act", () => {
  const operator = { id: toWorkerId("hub.first"), knownBy: "USER" } as const;
  const act = { operator, operation: "rotateGrantKey", objects: ["GRANT_KEY:a"] };
  const written: NewAccessLogEntry[] = [];
  const writer = {
    write: async (entries: readonly NewAccessLogEntry[]): Promise<void> => {
      written.push(...entries);
      return Promise.resolve();
    },
  };
  beforeEach(() => {
    written.length = 0;
  });

  test("is on record before it is done", async () => {
    const seen = await onRecord(writer, act, async () => Promise.resolve(written.length));
    expect(seen).toBe(1);
    expect(written).toEqual([
      expect.objectContaining({
        act: "CONFIGURE",
        outcome: "DELIVERED",
        worker: "hub.first",
        reliedOn: ["OPERATOR:USER", "GRANT_KEY:a"],
      }),
    ]);
  });

  test.each([
    ["fails", async () => Promise.reject(new Error("no"))],
    ["had nothing to be done to", async () => Promise.resolve(false)],
  ])("that %s is on record as that, under the same trace", async (_what, work) => {
    await onRecord<unknown>(writer, act, work).catch(() => undefined);
    const [first, second] = written;
    expect(written.map(({ outcome }) => outcome)).toEqual(["DELIVERED", "FAILED"]);
    expect(second?.traceId).toBe(first?.traceId);
  });

  test.each([
    ["fails", async () => Promise.reject(new Error("no")), new Error("no")],
    ["had nothing to be done to", async () => Promise.resolve(false), false],
  ])("that %s is what comes of it, also when the log does not take that", async (_what, work, outcome) => {
    const away = {
      write: async (entries: readonly NewAccessLogEntry[]) => {
        if (written.length > 0) throw new SchakelError("LOG_UNAVAILABLE", { retryAfterSeconds: 1 });
        return writer.write(entries);
      },
    };
    const said: string[] = [];
    const done = onRecord<unknown>(away, act, work, (text) => said.push(text));
    expect(await done.catch((error: unknown) => error)).toEqual(outcome);
    expect(said).toEqual([expect.stringContaining("LOG_UNAVAILABLE")]);
    expect(said[0]).toContain(written[0]?.traceId);
  });

  test("is not done when it cannot be recorded", async () => {
    const done = jest.fn();
    const full = { write: async () => Promise.reject(new Error("full")) };
    await expect(onRecord(full, act, async () => Promise.resolve(done()))).rejects.toThrow("full");
    expect(done).not.toHaveBeenCalled();
  });
});
