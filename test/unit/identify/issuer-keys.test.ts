// Keys of an issuer come and go while tokens are verified: a new key holds at once, an old one no longer than was said, and
// an issuer that is away costs nobody who was known.

import { errors } from "jose";
import { createIssuerKeys } from "../../../gateway/identify/issuer-keys";
import type { FetchJson } from "../../../gateway/identify/fetch-json";
import { makeKey, type IssuerKey } from "../../kit/test-issuer";

const ISSUER = "https://login.lokalis.example";
const REFRESH_S = 60;
const KEPT_S = 3_600;

let first: IssuerKey;
let second: IssuerKey;
beforeAll(async () => {
  [first, second] = await Promise.all([makeKey("first"), makeKey("second")]);
});

interface World {
  now: number;
  published: readonly IssuerKey[];
  isAway: boolean;
  asked: string[];
  description: Readonly<Record<string, unknown>>;
}

function aWorld(secure = true) {
  const world: World = {
    now: 0,
    published: [first],
    isAway: false,
    asked: [],
    description: { issuer: ISSUER, jwks_uri: `${ISSUER}/keys` },
  };
  const fetchJson: FetchJson = (url) => {
    world.asked.push(url.href);
    if (world.isAway) return Promise.reject(new Error("away"));
    const isKeys = url.href.endsWith("/keys");
    return Promise.resolve(
      isKeys ? { keys: world.published.map((one) => one.publicJwk) } : world.description,
    );
  };
  const find = createIssuerKeys(
    { issuer: ISSUER, keysRefreshSeconds: REFRESH_S, keysKeptSeconds: KEPT_S },
    { secure, fetchJson, now: () => world.now },
  );
  const outcome = async (kid: string): Promise<string> =>
    Promise.resolve(find({ alg: "ES256", kid }, { payload: "", signature: "" })).then(
      () => "found",
      (error: unknown) =>
        error instanceof errors.JWKSNoMatchingKey ? "no such key" : (error as { code: string }).code,
    );
  const after = (seconds: number): void => {
    world.now += seconds * 1000;
  };
  /** What goes on beside the work has been done. */
  const settled = async (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));
  return { world, outcome, after, settled };
}

test("are found by the description of the issuer, and kept", async () => {
  const { world, outcome, after } = aWorld();
  expect(await outcome("first")).toBe("found");
  after(REFRESH_S / 2 - 1);
  expect(await outcome("first")).toBe("found");
  expect(world.asked).toEqual([`${ISSUER}/.well-known/openid-configuration`, `${ISSUER}/keys`]);
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ["is of another issuer", { issuer: `${ISSUER}/`, jwks_uri: `${ISSUER}/keys` }],
  ["names no keys", { issuer: ISSUER }],
  ["names keys that are not behind https", { issuer: ISSUER, jwks_uri: "http://login.lokalis.example/keys" }],
  ["names keys in a file", { issuer: ISSUER, jwks_uri: "file:///etc/passwd" }],
])("are not taken from a description that %s", async (_what, description) => {
  const { world, outcome } = aWorld();
  world.description = description;
  expect(await outcome("first")).toBe("ISSUER_UNREACHABLE");
});

test("of a new name are accepted from the first token on", async () => {
  const { world, outcome, after } = aWorld();
  expect(await outcome("first")).toBe("found");
  after(5);
  world.published = [first, second];
  expect(await outcome("second")).toBe("found");
});

test("that the issuer took away are refused once they are a minute old, or another key was asked", async () => {
  const { world, outcome, after, settled } = aWorld();
  expect(await outcome("first")).toBe("found");
  world.published = [second];
  after(REFRESH_S - 1);
  // Still known, and asked again beside it.
  expect(await outcome("first")).toBe("found");
  await settled();
  expect(await outcome("first")).toBe("no such key");
  expect(await outcome("second")).toBe("found");
});

test("that the issuer took away are refused after a silence, without one last use", async () => {
  const { world, outcome, after } = aWorld();
  expect(await outcome("first")).toBe("found");
  world.published = [second];
  after(REFRESH_S);
  expect(await outcome("first")).toBe("no such key");
});

test("go on for an hour while the issuer is away, and no longer; new ones cannot be known", async () => {
  const { world, outcome, after } = aWorld();
  expect(await outcome("first")).toBe("found");
  world.isAway = true;
  after(REFRESH_S);
  expect(await outcome("first")).toBe("found");
  expect(await outcome("second")).toBe("ISSUER_UNREACHABLE");
  after(KEPT_S - REFRESH_S - 10);
  expect(await outcome("first")).toBe("found");
  after(10);
  expect(await outcome("first")).toBe("ISSUER_UNREACHABLE");
  world.isAway = false;
  expect(await outcome("first")).toBe("found");
});

test("cost an issuer that is away one question in five seconds", async () => {
  const { world, outcome, after, settled } = aWorld();
  expect(await outcome("first")).toBe("found");
  world.isAway = true;
  after(REFRESH_S);
  expect(await outcome("first")).toBe("found");
  const before = world.asked.length;
  for (let tick = 0; tick < 10; tick += 1) {
    after(1);
    expect(await outcome("first")).toBe("found");
    await settled();
  }
  expect(world.asked.length - before).toBeLessThanOrEqual(2);
});

test("that many tokens invent at once cost one question, and those that are known do not wait for it", async () => {
  const { world, outcome, after } = aWorld();
  expect(await outcome("first")).toBe("found");
  after(5);
  const before = world.asked.length;
  const invented = Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => outcome(`invented-${index}`)),
  );
  expect(await outcome("first")).toBe("found");
  const outcomes = new Set(await invented);
  // Of a flood most do not even wait.
  expect(outcomes).toEqual(new Set(["no such key", "ISSUER_UNREACHABLE"]));
  expect(world.asked.length - before).toBe(2);
});
