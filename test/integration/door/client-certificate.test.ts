// A token that is bound to a certificate is worth nothing to who cannot show that certificate (RFC 8705).

import { X509Certificate } from "node:crypto";
import { issuerOf, type MachineClient } from "../../../gateway/identify/issuer";
import { createTokenVerifier, knownIssuers } from "../../../gateway/identify/token";
import { readGatewaySettings } from "../../../gateway/settings";
import { faultsOf } from "../../../shared/kernel/settings";
import { thumbprintOf } from "../../../shared/mutual-tls/tls-files";
import { openSmallDoor, type SmallDoor } from "../../kit/small-door";
import { inDays, makeAuthority } from "../../kit/test-ca/authority";
import { TestIssuer } from "../../kit/test-issuer";

const HEADER = "Client-Cert";
const SYSTEM = "save-ecd";

let issuer: TestIssuer;
let own = "";
let other = "";
const doors: SmallDoor[] = [];

/** A door that lets the system in, behind a proxy at this address when it is trusted. */
async function open(proxies: readonly string[], client: Partial<MachineClient> = {}): Promise<SmallDoor> {
  const system: MachineClient = {
    id: SYSTEM,
    workerFunction: "VOLUNTARY_WORKER",
    mutations: ["reviewReferral"],
    ...client,
  };
  const known = knownIssuers(
    [
      issuerOf({
        issuer: issuer.url,
        organisation: "save",
        kind: "CERTIFIED_AGENCY",
        legalEntity: "svmn",
        clients: new Map([[SYSTEM, system]]),
      }),
    ],
    { secure: false },
  );
  const door = await openSmallDoor({
    signIn: {
      verifyToken: createTokenVerifier(known),
      refuseEnded: async () => undefined,
      signOut: async () => ({ issuer: "save", session: undefined, subject: undefined }),
    },
    proxies,
    certificateHeader: HEADER,
  });
  doors.push(door);
  return door;
}

const tokenBoundTo = async (cnf: unknown): Promise<string> =>
  issuer.token({
    claims: { sub: SYSTEM, client_id: SYSTEM, function: undefined, ...(cnf === undefined ? {} : { cnf }) },
  });
const thumbprint = (pem: string): string => thumbprintOf(new X509Certificate(pem));
const structured = (pem: string): string => `:${new X509Certificate(pem).raw.toString("base64")}:`;

/** What the door says to a token that comes with a certificate in the header; undefined when it lets it in. */
async function saidTo(door: SmallDoor, token: string, header?: string): Promise<unknown> {
  const { text } = await door.send({
    worker: token,
    headers: { purpose: "REFERRAL", ...(header === undefined ? {} : { [HEADER]: header }) },
  });
  const { errors = [] } = JSON.parse(text) as {
    errors?: { extensions: { code: string; reason?: string } }[];
  };
  const [first] = errors;
  // What a system may not ask is said after it was let in.
  return first && first.extensions.code !== "ACCESS_DENIED"
    ? [first.extensions.code, first.extensions.reason]
    : undefined;
}

let trusting: SmallDoor;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  const authority = await makeAuthority();
  const make = async (name: string): Promise<string> =>
    (await authority.issue({ name, use: "client", notAfter: inDays(1) })).cert;
  [own, other] = await Promise.all([make("ecd.save.example"), make("ecd.other.example")]);
  trusting = await open(["127.0.0.1"]);
});
afterAll(async () => {
  await Promise.all([issuer.stop(), ...doors.map(async (door) => door.stop())]);
});

test("with its certificate it is let in, however the proxy writes that", async () => {
  const token = await tokenBoundTo({ "x5t#S256": thumbprint(own) });
  expect(await saidTo(trusting, token, structured(own))).toBeUndefined();
  expect(await saidTo(trusting, token, encodeURIComponent(own))).toBeUndefined();
});

test("with another, with none, or with what is none it is refused, on record", async () => {
  const token = await tokenBoundTo({ "x5t#S256": thumbprint(own) });
  const before = trusting.recorded.length;
  const tried = [structured(other), undefined, "", "%", ":AAAA:", structured(own).slice(1)];
  for (const header of tried) {
    expect([header, await saidTo(trusting, token, header)]).toEqual([header, ["TOKEN_INVALID", "cnf"]]);
  }
  expect(trusting.recorded.slice(before)).toEqual(tried.map(() => "TOKEN_INVALID"));
});

test("the word of somebody who is no trusted proxy counts for nothing", async () => {
  const door = await open([]);
  const token = await tokenBoundTo({ "x5t#S256": thumbprint(own) });
  expect(await saidTo(door, token, structured(own))).toEqual(["TOKEN_INVALID", "cnf"]);
});

test.each([
  ["a key instead of a certificate", { jkt: "0".repeat(43) }],
  ["more than a certificate", { "x5t#S256": "0".repeat(43), jkt: "0".repeat(43) }],
  ["a thumbprint of another kind", { "x5t#S256": "00" }],
  ["nothing", {}],
  ["no object", "certificate"],
  ["null", null],
])("a token that is bound to %s is refused: the hub cannot verify that", async (_what, cnf) => {
  expect(await saidTo(trusting, await tokenBoundTo(cnf), structured(own))).toEqual(["TOKEN_INVALID", "cnf"]);
});

test("a token that is bound to nothing is taken, unless the system is listed as bound", async () => {
  const token = await tokenBoundTo(undefined);
  expect(await saidTo(trusting, token)).toBeUndefined();
  const strict = await open(["127.0.0.1"], { isBound: true });
  expect(await saidTo(strict, token, structured(own))).toEqual(["TOKEN_INVALID", "cnf"]);
  const bound = await tokenBoundTo({ "x5t#S256": thumbprint(own) });
  expect(await saidTo(strict, bound, structured(own))).toBeUndefined();
});

test("a binding that was changed afterwards breaks the signature", async () => {
  const token = await tokenBoundTo({ "x5t#S256": thumbprint(own) });
  const [head = "", payload = "", signature = ""] = token.split(".");
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as object;
  const rebound = JSON.stringify({ ...claims, cnf: { "x5t#S256": thumbprint(other) } });
  const changed = [head, Buffer.from(rebound).toString("base64url"), signature].join(".");
  expect(await saidTo(trusting, changed, structured(other))).toEqual(["TOKEN_INVALID", undefined]);
});

test("the header is set together with the proxies that may send it", () => {
  const faults = (env: Readonly<Record<string, string>>): readonly string[] =>
    faultsOf(() => readGatewaySettings({ DATABASE_URL: "postgresql://hub@db.example/hub", ...env }));
  expect(faults({ SCHAKEL_CLIENT_CERTIFICATE_HEADER: HEADER })).toEqual([
    expect.stringMatching(/^SCHAKEL_TRUSTED_PROXIES: /),
  ]);
  expect(
    faults({ SCHAKEL_CLIENT_CERTIFICATE_HEADER: HEADER, SCHAKEL_TRUSTED_PROXIES: "10.0.0.0/8" }),
  ).toEqual([]);
  expect(faults({ SCHAKEL_CLIENT_CERTIFICATE_HEADER: "a b", SCHAKEL_TRUSTED_PROXIES: "10.0.0.0/8" })).toEqual(
    [expect.stringMatching(/^SCHAKEL_CLIENT_CERTIFICATE_HEADER: /)],
  );
});
