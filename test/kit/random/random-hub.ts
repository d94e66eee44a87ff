// A hub for random operations: a real gateway behind its real door, the hub's real registers on a real database, and a
// source of marks for each organisation. Whatever reaches a subgraph is kept.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeJwt } from "jose";
import { hubRecords } from "../../../gateway/federate/hub-records";
import { indexSchema } from "../../../gateway/federate/schema-index";
import { holdersOf, namesOf } from "../../../gateway/federate/region-parts";
import { supergraphFile } from "../../../gateway/federate/schema-files";
import { createGrantSigner } from "../../../gateway/federate/sign-grant";
import { createSubgraphClient, type SubgraphClient } from "../../../gateway/federate/subgraph-client";
import { createGateway, type RunningGateway } from "../../../gateway/gateway";
import { LIMITS } from "../../../gateway/identify/limits";
import type { TokenVerifier } from "../../../gateway/identify/token";
import { loadDecider } from "../../../gateway/policy-files";
import type { Decider } from "../../../gateway/privacy/decide";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { createTasks } from "../../../shared/database/create-task";
import { toOrganisationCode, toWorkerId } from "../../../shared/kernel/ids";
import { createLogger } from "../../../shared/kernel/logger";
import type { Grant } from "../../../shared/kernel/requester";
import { ensureKeys } from "../../../shared/launch/keys";
import { KEY_FILES } from "../../../shared/launch/key-files";
import { keysInFile, type PseudonymKeys } from "../../../shared/sources/pseudonym-keys";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import type { HubDefinition } from "../../../shared/subgraph-kit/definition";
import { createGrantVerifier } from "../../../shared/subgraph-kit/grant";
import { serveSubgraph } from "../../../shared/subgraph-kit/serve";
import { definition as accessLog } from "../../../subgraphs/access-log/schema";
import { definition as families } from "../../../subgraphs/families/schema";
import { definition as referrals } from "../../../subgraphs/referrals/schema";
import type { Asker } from "../../oracle/world";
import type { TestDatabase } from "../database";
import { limitsWith } from "../plain-limits";
import { startRecordingProxy, type Captured } from "../recording-proxy";
import { UTRECHT } from "../requesters";
import { NOT_PROBED } from "../probe";
import { UNLIMITED } from "../search-limit";
import { startMarkedSource } from "./marked-source";

/** What was asked of one subgraph, with the grant that came along. */
export interface AskedOf extends Captured {
  readonly subgraph: string;
  readonly grant: Grant;
}

/** What a gateway under test does otherwise than the real one: planted faults. */
export interface Planted {
  readonly decider?: (decider: Decider) => Decider;
  readonly client?: (client: SubgraphClient) => SubgraphClient;
}

/** A hub whose gateways can be asked. */
export interface RandomHub {
  readonly supergraph: string;
  /** A gateway of this hub, real or with a fault planted. */
  startGateway(planted?: Planted): Promise<RunningGateway>;
  /** Takes what was asked under a trace id out of what was kept. */
  takeAsked(traceId: string): AskedOf[];
  stop(): Promise<void>;
}

const DEADLINE_MS = 30_000;
/** Silent, unless one wants to see why something failed. */
const log = createLogger("random", process.env["SCHAKEL_LOG_LEVEL"] === "error" ? "error" : "silent");

/** A token that says who asks; the employers' signatures are tested elsewhere. */
export const tokenOf = (asker: Asker): string => Buffer.from(JSON.stringify(asker)).toString("base64url");

const verifyToken: TokenVerifier = (token) => {
  const asker = JSON.parse(Buffer.from(token, "base64url").toString()) as Asker;
  const requester = {
    ...asker,
    worker: toWorkerId(asker.worker),
    organisation: toOrganisationCode(asker.organisation),
    secondFactor: true,
  };
  return Promise.resolve({ requester, subject: asker.worker, issuedAt: 0 });
};

interface Part {
  readonly name: string;
  readonly url: string;
  readonly captured: Captured[];
  stop(): Promise<void>;
}

async function startRegister(definition: HubDefinition, stores: object, keys: string): Promise<Part> {
  const server = await serveSubgraph({
    schema: await buildSubgraphSchema(definition),
    backing: {
      kind: "hub",
      stores,
      ready: () => Promise.resolve(),
      close: () => Promise.resolve(),
    },
    verifyGrant: await createGrantVerifier(keys, definition.name),
    log,
    host: "127.0.0.1",
    port: 0,
  });
  const proxy = await startRecordingProxy(server.url);
  return {
    name: definition.name,
    url: proxy.url,
    captured: proxy.captured,
    stop: async () => {
      await proxy.stop();
      await server.stop();
    },
  };
}

const pseudonymKeysIn = (folder: string): ReadonlyMap<string, PseudonymKeys> =>
  new Map(
    UTRECHT.organisations.map(({ code }) => [code, keysInFile(join(folder, KEY_FILES.pseudonym(code)))]),
  );

function grantIn({ body }: Captured): Grant {
  const { extensions } = JSON.parse(body) as { extensions: { grant: string } };
  return decodeJwt(extensions.grant)["grant"] as Grant;
}

/** What is asked at random is about rules: it may cost what it likes, and name what it likes as it likes. */
const ROOMY = limitsWith(Object.fromEntries(Object.entries(LIMITS).map(([name, { most }]) => [name, most])));

/** Starts the subgraphs on a database; gateways are started one by one. */
export async function startRandomHub(database: TestDatabase): Promise<RandomHub> {
  const folder = mkdtempSync(join(tmpdir(), "schakel-random-"));
  await ensureKeys(folder, UTRECHT);
  const keys = join(folder, KEY_FILES.grantPublic);
  const stores = {
    pool: database.pool,
    region: UTRECHT,
    pseudonymKeys: pseudonymKeysIn(folder),
    searchLimit: UNLIMITED,
    probe: NOT_PROBED,
  };
  const registers = [families, referrals, accessLog].map(async (one) => startRegister(one, stores, keys));
  const sources = UTRECHT.organisations.map(async ({ code }): Promise<Part> => {
    const source = await startMarkedSource(code, await createGrantVerifier(keys, code));
    return { name: code, ...source };
  });
  const parts = await Promise.all([...registers, ...sources]);
  const supergraph = readFileSync(supergraphFile(UTRECHT), "utf8");
  const realDecider = loadDecider();
  const realClient = createSubgraphClient({
    urls: new Map(parts.map(({ name, url }) => [name, url])),
    deadlineMs: DEADLINE_MS,
    signGrant: await createGrantSigner(join(folder, KEY_FILES.grantPrivate)),
  });
  return {
    supergraph,
    startGateway: async ({ decider, client } = {}) =>
      createGateway({
        supergraph,
        index: indexSchema(supergraph),
        client: client ? client(realClient) : realClient,
        state: {
          ...hubRecords(database.pool),
          decider: decider ? decider(realDecider) : realDecider,
          holders: holdersOf(UTRECHT),
        },
        signIn: {
          verifyToken,
          refuseEnded: async () => {},
          signOut: async () => ({ issuer: "hub", session: undefined, subject: undefined }),
        },
        accessLog: createAccessLogWriter(database.pool, { deadlineMs: DEADLINE_MS }),
        writeTasks: async (tasks) => {
          await createTasks(database.pool, tasks);
        },
        policySet: realDecider.version,
        introspection: true,
        limits: ROOMY,
        names: namesOf(UTRECHT),
        missing: () => Promise.resolve([]),
        log,
        host: "127.0.0.1",
        port: 0,
      }),
    takeAsked: (traceId) =>
      parts.flatMap(({ name: subgraph, captured }) => {
        const mine = captured.map((one) => ({ ...one, subgraph, grant: grantIn(one) }));
        captured.splice(
          0,
          captured.length,
          ...captured.filter((_, index) => mine[index]?.grant.traceId !== traceId),
        );
        return mine.filter(({ grant }) => grant.traceId === traceId);
      }),
    stop: async () => {
      await realClient.close();
      await Promise.all(parts.map(async (one) => one.stop()));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
