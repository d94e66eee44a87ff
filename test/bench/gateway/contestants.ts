// The gateways that are compared, each in a process of its own.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort } from "../../kit/free-ports";
import { startTalkingChild, type TalkingChild } from "../kit/child";
import type { Parts } from "../kit/parts";
import { PEERS, type Peers } from "./peers/install";

/** In the order of the report: what does least first, the hub's own gateway last. */
export const CONTESTANTS = ["floor", "apollo", "hive", "hiveRust", "schakel"] as const;
export type Contestant = (typeof CONTESTANTS)[number];
/** Those that have nothing of the hub. */
export const OTHERS = CONTESTANTS.filter((one) => one !== "schakel");

/** What people call them. */
export const NAMES: Readonly<Record<Contestant, string>> = {
  floor: "by hand",
  apollo: "Apollo Gateway, bare",
  hive: "Hive Gateway",
  hiveRust: "Hive Gateway, Rust planner",
  schakel: "Schakel, everything on",
};

/** Gateways that answer, by name; a peer that could not be had is not among them. */
export type Field = ReadonlyMap<Contestant, TalkingChild>;

/** What the gateways that are no part of the hub are started with. */
export interface PeerPlan {
  readonly parts: Parts;
  readonly folder: string;
  readonly supergraph: string;
  /** Subgraph -> where it answers. */
  readonly urls: Readonly<Record<string, string>>;
  readonly peers: Peers;
  /** Options of Node that they are started with, beside those of their makers. */
  readonly nodeFlags: readonly string[];
}

const PRODUCTION = { NODE_ENV: "production" };

/** Starts those that have nothing of the hub. */
export async function startOthers(plan: PeerPlan): Promise<Field> {
  const { parts, folder, urls, peers, nodeFlags } = plan;
  const supergraph = join(folder, "bench-supergraph.graphql");
  writeFileSync(supergraph, withAddresses(plan.supergraph, urls));
  const floor = await parts.keep(
    startTalkingChild({
      name: NAMES.floor,
      script: join(__dirname, "peers", "floor-process.js"),
      args: [JSON.stringify(urls)],
      nodeFlags,
      env: PRODUCTION,
    }),
  );
  const apollo = await parts.keep(
    startTalkingChild({
      name: NAMES.apollo,
      script: join(__dirname, "peers", "apollo-process.js"),
      args: [supergraph],
      nodeFlags,
      env: PRODUCTION,
    }),
  );
  const field = new Map<Contestant, TalkingChild>([
    ["floor", floor],
    ["apollo", apollo],
  ]);
  if ("missing" in peers) return field;
  field.set("hive", await parts.keep(startHive("hive", peers.folder, supergraph, nodeFlags)));
  field.set("hiveRust", await parts.keep(startHive("hiveRust", peers.folder, supergraph, nodeFlags)));
  return field;
}

/** Each subgraph's address in a supergraph that was composed without. */
function withAddresses(supergraph: string, urls: Readonly<Record<string, string>>): string {
  return Object.entries(urls).reduce(
    (text, [name, url]) => text.replaceAll(`http://${name}.invalid/graphql`, url),
    supergraph,
  );
}

async function startHive(
  name: "hive" | "hiveRust",
  folder: string,
  supergraph: string,
  nodeFlags: readonly string[],
): Promise<TalkingChild> {
  const port = await freePort();
  const planner = name === "hiveRust" ? ["--hive-router-runtime"] : [];
  return startTalkingChild({
    name: NAMES[name],
    script: join(folder, "node_modules", "@graphql-hive", "gateway", "dist", "bin.js"),
    args: ["supergraph", supergraph, "--host", "127.0.0.1", "--port", String(port), ...planner],
    env: { ...PRODUCTION, BENCH_URL: `http://127.0.0.1:${port}/graphql` },
    nodeFlags,
    before: join(__dirname, "peers", "hive-before.js"),
  });
}

/** The versions of what is compared. */
export const peerVersions = (): Readonly<Record<string, string>> => ({ ...PEERS });
