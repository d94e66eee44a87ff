// Over mutual TLS a source answers the gateway and the keeper of the log, each what is theirs, and nobody else; and the
// gateway asks nobody who only says to be the source.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { rootCertificates } from "node:tls";
import { createSubgraphClient, SUBGRAPH_CONNECTIONS } from "../../../gateway/federate/subgraph-client";
import type { Grant } from "../../../shared/kernel/requester";
import { mutualTlsConnections, type Connections } from "../../../shared/mutual-tls/connections";
import { readTlsFiles } from "../../../shared/mutual-tls/tls-files";
import { tlsFilesOf } from "../../../shared/mutual-tls/tls-settings";
import { makeGrantKeys } from "../../kit/grant-keys";
import { eventually } from "../../kit/hub";
import { aGrant, aRequester } from "../../kit/requesters";
import { inDays, makeAuthority, type Authority, type Certificate } from "../../kit/test-ca/authority";
import { fillTlsFolder, putCertificate } from "../../kit/test-ca/tls-folder";
import { postWith, serveLokalisOverTls, tlsFiles, type TlsSubgraph } from "../../kit/tls-subgraph";

/** Servers, certificates and handshakes take their time on a busy machine. */
jest.setTimeout(60_000);

const REQUEST = {
  query: `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Family { lokalis { carePlan { summary } } } } }`,
  variables: { r: [{ __typename: "Family", id: "OVV-06" }] },
};
const GRANT: Grant = {
  ...aGrant(aRequester("lokalis.worker", "WORKER"), "CARE"),
  subjects: [{ type: "Family", id: "OVV-06", key: "LOK-2006", categories: ["CARE_PLAN"] }],
};
const ANSWER = { _entities: [{ lokalis: { carePlan: { summary: "Samen." } } }] };

/** Certificates that were renewed are taken up within this time, with room for a slow machine. */
const TAKEN_UP_MS = 5_000;

let folder: string;
let authority: Authority;
let keys: Awaited<ReturnType<typeof makeGrantKeys>>;
let subgraph: TlsSubgraph;
const opened: Connections[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "schakel-certificates-"));
  authority = await fillTlsFolder(folder, { servers: ["lokalis"], clients: ["gateway", "log-keeper"] }, 1);
  keys = await makeGrantKeys();
  subgraph = await serveLokalisOverTls(folder, keys.publicFile);
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  await subgraph.stop();
  rmSync(folder, { recursive: true });
  rmSync(keys.directory, { recursive: true });
});

/** A gateway with the certificate in the folder. */
async function aGateway(url: string = subgraph.url) {
  const connections = await mutualTlsConnections(
    tlsFiles(folder, "gateway"),
    SUBGRAPH_CONNECTIONS,
    () => undefined,
  );
  opened.push(connections);
  const client = createSubgraphClient({
    urls: new Map([["lokalis", url]]),
    deadlineMs: 10_000,
    signGrant: keys.sign,
    connections,
  });
  return async () => client.ask("lokalis", { ...REQUEST, grant: GRANT });
}

const read = (name: string): Certificate => ({
  cert: readFileSync(join(folder, `${name}.crt`), "utf8"),
  key: readFileSync(join(folder, `${name}.key`), "utf8"),
});
/** Posts a good grant over a connection with this certificate. */
const askWith = async (own: Certificate | undefined, boundTo?: string) =>
  postWith(
    subgraph.url,
    { ...REQUEST, extensions: { grant: await keys.sign(GRANT, "lokalis", REQUEST, boundTo) } },
    { ca: authority.cert, ...(own ? { own } : {}) },
  );
const thumbprint = async (name: string) => (await readTlsFiles(tlsFiles(folder, name))).thumbprint;
const aClient = (change: Partial<Parameters<Authority["issue"]>[0]> = {}, by: Authority = authority) =>
  by.issue({ name: "gateway", use: "client", notAfter: inDays(1), ...change });

test("a gateway with its certificate is answered", async () => {
  const ask = await aGateway();
  for (let times = 0; times < 3; times++) {
    expect(await ask()).toMatchObject({ ok: true, data: ANSWER, errors: [] });
  }
});

describe("nobody gets as far as a request", () => {
  test.each<[string, () => Promise<Certificate | undefined>]>([
    ["without a certificate", async () => undefined],
    ["with one of another authority", async () => aClient({}, await makeAuthority())],
    ["with one that has expired", async () => aClient({ notBefore: inDays(-2), notAfter: inDays(-1) })],
    ["with one of tomorrow", async () => aClient({ notBefore: inDays(1), notAfter: inDays(2) })],
    ["with that of a server", async () => read("lokalis")],
  ])("%s", async (_what, certificate) => {
    const answer = await askWith(await certificate(), await thumbprint("gateway"));
    expect(answer).toEqual({ failure: expect.any(String) as string });
  });

  test("without TLS", async () => {
    const plain = subgraph.url.replace("https", "http");
    expect(await postWith(plain, REQUEST, { ca: authority.cert })).toEqual({
      failure: expect.any(String) as string,
    });
  });
});

describe("a certificate opens what is of its name", () => {
  const GRAPHQL = "/graphql";
  test.each([
    ["log-keeper", GRAPHQL, 403],
    ["gateway", "/checkpoints", 403],
    ["gateway", "/deliveries", 403],
    // As far as the question itself, which is none.
    ["log-keeper", "/checkpoints", 400],
    ["log-keeper", "/deliveries", 400],
  ])("%s at %s: %d", async (name, path, status) => {
    const answer = await postWith(new URL(path, subgraph.url), {}, { ca: authority.cert, own: read(name) });
    expect(answer).toMatchObject({ status });
    if (status === 403)
      expect(answer).toMatchObject({ text: expect.stringContaining("CLIENT_NOT_ALLOWED") as string });
  });

  test.each(["another", "gateway.elsewhere", "*", "*.gateway", "localhost"])(
    "%s is not the gateway",
    async (name) => {
      const answer = await askWith(await aClient({ name }), await thumbprint("gateway"));
      expect(answer).toMatchObject({ status: 403, text: expect.not.stringContaining("Samen") as string });
    },
  );
});

test("a grant that was stolen is worth nothing over another connection, be it of a gateway as well", async () => {
  const other = await aClient();
  for (const boundTo of [await thumbprint("gateway"), undefined]) {
    expect(await askWith(other, boundTo)).toMatchObject({
      status: 401,
      text: expect.stringContaining("GRANT_INVALID") as string,
    });
  }
  putCertificate(folder, "gateway", other);
  expect(await askWith(other, await thumbprint("gateway"))).toMatchObject({ status: 200 });
});

describe("a gateway asks nobody who only says to be the source", () => {
  const withServer = async (certificate: Certificate): Promise<unknown> => {
    const elsewhere = mkdtempSync(join(tmpdir(), "schakel-posing-"));
    try {
      await fillTlsFolder(elsewhere, { servers: [], clients: [] }, 1);
      // It would take the gateway in.
      writeFileSync(join(elsewhere, "ca.crt"), authority.cert);
      putCertificate(elsewhere, "lokalis", certificate);
      const posing = await serveLokalisOverTls(elsewhere, keys.publicFile);
      try {
        return await (
          await aGateway(posing.url)
        )();
      } finally {
        await posing.stop();
      }
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  };
  const aServer = (change: Partial<Parameters<Authority["issue"]>[0]> = {}, by: Authority = authority) =>
    by.issue({ name: "lokalis", use: "server", notAfter: inDays(1), ...change });

  test("but one with a certificate of its own is asked", async () => {
    expect(await withServer(await aServer())).toMatchObject({ ok: true, data: ANSWER });
  });

  test.each<[string, () => Promise<Certificate>]>([
    ["by another authority", async () => aServer({}, await makeAuthority())],
    ["that has expired", () => aServer({ notBefore: inDays(-2), notAfter: inDays(-1) })],
    ["for another address", () => aServer({ isElsewhere: true })],
    ["of a client", () => aServer({ use: "client" })],
  ])("with a certificate %s", async (_what, certificate) => {
    expect(await withServer(await certificate())).toEqual({ ok: false, cause: "UNREACHABLE" });
  });
});

/** Lets another authority follow, step by step, while somebody counts what is answered. */
async function renew(answered: () => number): Promise<void> {
  const old = { own: read("gateway"), thumbprint: await thumbprint("gateway") };
  const next = await makeAuthority();
  const until = (what: string, own: Certificate, outcome: "status" | "failure") =>
    eventually(what, async () => outcome in (await askWith(own, old.thumbprint)) || undefined);
  // Both authorities are trusted first, then the certificates follow, then the old authority goes.
  writeFileSync(join(folder, "ca.crt"), authority.cert + next.cert);
  await until("the second authority", await aClient({}, next), "status");
  // The gateway reads the folder as often as the source does.
  await sleep(TAKEN_UP_MS);
  putCertificate(
    folder,
    "lokalis",
    await next.issue({ name: "lokalis", use: "server", notAfter: inDays(1) }),
  );
  putCertificate(folder, "gateway", await aClient({}, next));
  await sleep(TAKEN_UP_MS);
  writeFileSync(join(folder, "ca.crt"), next.cert);
  authority = next;
  await until("the end of the first authority", old.own, "failure");
  const before = answered();
  await eventually("answers after all of it", async () => answered() > before || undefined);
}

test("certificates and their authority are renewed under load without a restart, and no request fails", async () => {
  const ask = await aGateway();
  const stopping = new AbortController();
  let answered = 0;
  const failures: unknown[] = [];
  const load = Promise.all(
    Array.from({ length: 4 }, async () => {
      while (!stopping.signal.aborted) {
        const answer = await ask();
        if (answer.ok && answer.errors.length === 0) answered += 1;
        else failures.push(answer);
        // A moment for all else that runs in this process.
        await sleep(5);
      }
    }),
  );
  try {
    await renew(() => answered);
  } finally {
    stopping.abort();
    await load;
  }
  expect(failures).toEqual([]);
});

describe("files that cannot be used are named at the start", () => {
  const opens = (name: string, NODE_ENV = "demo") => tlsFilesOf({ SCHAKEL_TLS_DIR: folder, NODE_ENV }, name);
  const faults = (text: string) => ({ faults: [expect.stringContaining(text) as string] });

  test("without the setting there is nothing to read", async () => {
    expect(await tlsFilesOf({ NODE_ENV: "production" }, "gateway")).toBeUndefined();
  });

  test("one that is not there", async () => {
    await expect(opens("save")).rejects.toMatchObject(faults("save.crt cannot be read (ENOENT)"));
  });

  test("one that is something else", async () => {
    writeFileSync(join(folder, "gateway.key"), "secret");
    await expect(opens("gateway")).rejects.toMatchObject(faults("gateway.key cannot be used"));
    writeFileSync(join(folder, "ca.crt"), "nothing");
    await expect(opens("lokalis")).rejects.toMatchObject(faults("ca.crt cannot be used"));
  });

  test("a key of another certificate", async () => {
    writeFileSync(join(folder, "gateway.key"), read("lokalis").key);
    await expect(opens("gateway")).rejects.toMatchObject(faults("not the key of gateway.crt"));
  });

  test("an authority for tests, in production, also beside another", async () => {
    await expect(opens("gateway")).resolves.toBeDefined();
    await expect(opens("gateway", "production")).rejects.toMatchObject(faults("for tests"));
    writeFileSync(join(folder, "ca.crt"), `${rootCertificates[0] ?? ""}\n${authority.cert}`);
    await expect(opens("gateway", "production")).rejects.toMatchObject(faults("for tests"));
    writeFileSync(join(folder, "ca.crt"), `${rootCertificates[0] ?? ""}\n`);
    await expect(opens("gateway", "production")).resolves.toBeDefined();
  });
});
