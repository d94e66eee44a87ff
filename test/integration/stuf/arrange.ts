// What these tests start from: Lokalis serving a household of its own, a node of the chain, and the post of a gateway between them,
// on a real database, with the real rules, grants and log.

import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hubRecords } from "../../../gateway/federate/hub-records";
import { holdersOf } from "../../../gateway/federate/region-parts";
import { createSubgraphClient, type SubgraphClient } from "../../../gateway/federate/subgraph-client";
import { loadDecider } from "../../../gateway/policy-files";
import { MET_COVERS_DAYS } from "../../../gateway/record/duties";
import { registerReceivers } from "../../../gateway/stuf/outbox";
import { postOnce, type PostDeps } from "../../../gateway/stuf/post";
import { receiversOf } from "../../../gateway/stuf/receivers";
import { createAccessLogWriter } from "../../../shared/access-log/access-log-writer";
import { createTasks } from "../../../shared/database/create-task";
import type { Region } from "../../../shared/region/region";
import { bodyIn } from "../../../shared/stuf/envelope";
import { NAMESPACES } from "../../../shared/stuf/names";
import { readDocument, textAt, type XmlElement } from "../../../shared/stuf/read-xml";
import { buildSubgraphSchema } from "../../../shared/subgraph-kit/build-subgraph-schema";
import { openSourceDeliveries } from "../../../shared/subgraph-kit/deliveries/source-deliveries";
import { createGrantVerifier } from "../../../shared/subgraph-kit/grant";
import { serveSubgraph } from "../../../shared/subgraph-kit/serve";
import { createMessageSender } from "../../../shared/subgraph-kit/stuf/message-sender";
import { definition } from "../../../subgraphs/lokalis/schema";
import { refer, type NewReferral } from "../../../subgraphs/referrals/source/refer";
import type { TestDatabase } from "../../kit/database";
import { makeGrantKeys } from "../../kit/grant-keys";
import { aKeyPair } from "../../kit/log-keys";
import { nodeAnswer } from "../../kit/stuf/inquiries";
import { stufRegion } from "../../kit/stuf/region";
import { startTestSystem, type TestSystem } from "../../kit/test-system";
import { arrangeHousehold, deliver, newReferral, SILENT, worker } from "../referrals/arrange";
import { familyData, personData, WORDS } from "./dossiers";

/** How long Lokalis waits for the node here. */
const NODE_TIMEOUT_MS = 400;
export const CHILD_BSN = "999990019";

/** What runs. */
export interface Chain {
  readonly region: Region;
  readonly node: TestSystem;
  readonly deps: PostDeps;
  /** Secret words of the dossier, which are nowhere but in the message. */
  readonly words: readonly string[];
  /** Where Lokalis writes down what left its source. */
  readonly deliveries: string;
  /** Lets the source of Lokalis fail. */
  sourceFails: boolean;
  /** Lets the making of tasks fail. */
  tasksFail: boolean;
}

/** Starts all of it for a test file. */
export function withChain(database: TestDatabase): Chain {
  const started: { chain?: Chain; stop: (() => Promise<void>)[] } = { stop: [] };
  const folder = mkdtempSync(join(tmpdir(), "schakel-stuf-"));
  const state = { sourceFails: false, tasksFail: false };
  beforeAll(async () => {
    const region = stufRegion(folder);
    const keys = await makeGrantKeys();
    const node = await startTestSystem();
    const sender = await createMessageSender({ url: new URL(node.url) }, SILENT, NODE_TIMEOUT_MS);
    const deliveries = await openSourceDeliveries({
      directory: folder,
      organisation: "lokalis",
      hub: aKeyPair("hub-1").keys,
      log: SILENT,
    });
    const failing = async <T>(value: T): Promise<T> => {
      if (state.sourceFails) throw new Error("The source is away.");
      return value;
    };
    const lokalis = await serveSubgraph({
      schema: await buildSubgraphSchema(definition),
      backing: {
        kind: "organisation",
        source: {
          findFamilies: (references) => failing(new Map(references.map((one) => [one, familyData]))),
          findPersons: (pseudonyms) =>
            failing(
              new Map(
                pseudonyms.map((one) => [
                  one,
                  one.startsWith("child")
                    ? personData("Kind van der Test", "301", "2020-05-06")
                    : personData("Ouder Test", "112", "1988-02-03"),
                ]),
              ),
            ),
          findNumbers: async (pseudonyms) =>
            new Map(pseudonyms.filter((one) => one.startsWith("child")).map((one) => [one, CHILD_BSN])),
          ready: async () => undefined,
          close: async () => undefined,
        },
      },
      verifyGrant: await createGrantVerifier(keys.publicFile, "lokalis"),
      deliveries,
      inquiries: { organisation: "lokalis", region, sender },
      log: SILENT,
      host: "127.0.0.1",
      port: 0,
    });
    const client: SubgraphClient = createSubgraphClient({
      urls: new Map([["lokalis", lokalis.url]]),
      deadlineMs: 2_000,
      signGrant: keys.sign,
    });
    const decider = loadDecider();
    started.chain = {
      region,
      node,
      words: [...WORDS, CHILD_BSN, "Astma"],
      deliveries: folder,
      sourceFails: false,
      tasksFail: false,
      deps: {
        pool: database.pool,
        region,
        client,
        receivers: receiversOf(region),
        log: SILENT,
        accessLog: createAccessLogWriter(database.pool),
        writeTasks: async (tasks) => {
          if (state.tasksFail) throw new Error("The tasks cannot be written.");
          await createTasks(database.pool, tasks, { metCoversDays: MET_COVERS_DAYS });
        },
        policySet: decider.version,
        state: {
          ...hubRecords(database.pool),
          decider,
          holders: holdersOf(region),
        },
      },
    };
    await registerReceivers(database.pool, ["rvdk"]);
    started.stop.push(
      () => lokalis.stop(),
      () => client.close(),
      () => sender.close(),
      () => deliveries.close(),
      () => node.stop(),
    );
  });
  afterAll(async () => {
    for (const stop of started.stop) await stop();
    rmSync(folder, { recursive: true });
  });
  const made = (): Chain => {
    if (!started.chain) throw new Error("It runs inside tests only.");
    return started.chain;
  };
  return {
    get region() {
      return made().region;
    },
    get node() {
      return made().node;
    },
    get deps() {
      return made().deps;
    },
    get words() {
      return made().words;
    },
    deliveries: folder,
    get sourceFails() {
      return state.sourceFails;
    },
    set sourceFails(fails) {
      state.sourceFails = fails;
    },
    get tasksFail() {
      return state.tasksFail;
    },
    set tasksFail(fails) {
      state.tasksFail = fails;
    },
  };
}

/** A family that Lokalis works with, known to it by pseudonyms. */
export async function arrangeKnown(
  database: TestDatabase,
): Promise<{ familyId: string; persons: readonly string[] }> {
  const known = await arrangeHousehold(database, [{ role: "PARENT", birthDate: "1988-02-03" }, {}]);
  await database.owner.query(
    "insert into hub.involvement (family_id, organisation, case_reference, began_on) values ($1, 'lokalis', $2, '2026-01-05')",
    [known.familyId, `LOK-${randomUUID()}`],
  );
  for (const [index, person] of known.persons.entries()) {
    const pseudonym = `${index === 0 ? "parent" : "child"}-${randomUUID()}`;
    await database.owner.query(
      "insert into hub.person_pseudonym (person_id, organisation, pseudonym, key_version) values ($1, 'lokalis', $2, 1)",
      [person, pseudonym],
    );
  }
  return known;
}

/** A request for inquiry of Lokalis about a new family, delivered to the board's inbox in the hub. */
export async function arrangeRequested(
  database: TestDatabase,
  { region }: Chain,
  changeOf: (persons: readonly string[]) => Partial<NewReferral> = () => ({}),
): Promise<{ id: string; familyId: string; persons: readonly string[] }> {
  const stores = { pool: database.pool, region };
  const known = await arrangeKnown(database);
  const input = newReferral(known.familyId, {
    type: "INQUIRY_REQUEST",
    receiver: "rvdk",
    consentBasis: "INQUIRY_REQUEST",
    reasonCode: "SAFETY_CONCERN",
    ...changeOf(known.persons),
  });
  const { id } = await refer(stores, worker("lokalis"), input);
  await deliver(stores, id);
  return { id, ...known };
}

/** The delivery of a request as a message. */
export async function deliveryOf(
  { owner }: TestDatabase,
  referralId: string,
): Promise<{ id: string; state: string; attempts: number; fault: string | null } | undefined> {
  const { rows } = await owner.query<{ id: string; state: string; attempts: number; fault: string | null }>(
    "select id, state, attempts, fault from hub.referral_delivery where referral_id = $1 and kind = 'STUF'",
    [referralId],
  );
  return rows[0];
}

/** The message in an envelope that a node was handed. */
export const messageIn = (body: string): XmlElement => bodyIn(readDocument(body, 1 << 24))!;

/** Its referentienummer. */
export const referenceIn = (body: string): string | undefined =>
  textAt(messageIn(body).children[0], NAMESPACES.StUF, "referentienummer");

/** A node that takes everything, a source that is there, and nothing that waits from before. */
export async function startAfresh({ owner }: TestDatabase, chain: Chain): Promise<void> {
  chain.node.asked.length = 0;
  chain.node.answerWith(() => ({ body: nodeAnswer("Bv03") }));
  chain.sourceFails = false;
  chain.tasksFail = false;
  await owner.query(
    "update hub.referral_delivery set state = 'CANCELLED', ended_at = now() where state = 'PENDING' and kind = 'STUF'",
  );
}

/** Tasks about a family, in the order in which they were made. */
export async function tasksAbout(
  { owner }: TestDatabase,
  familyId: string,
): Promise<{ obligation: string; about: string; organisation: string }[]> {
  const { rows } = await owner.query<{ obligation: string; about: string; organisation: string }>(
    "select obligation, about, organisation from hub.task where family_id = $1 order by created_at, obligation",
    [familyId],
  );
  return rows;
}

/** Lets every pause be over, and posts what is due. */
export async function postLater(database: TestDatabase, { deps }: Chain): Promise<void> {
  await database.owner.query("update hub.referral_delivery set due_at = now() where state = 'PENDING'");
  await postOnce(deps);
}
