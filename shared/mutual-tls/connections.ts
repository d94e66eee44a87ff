// Kept connections to subgraphs: over mutual TLS, with a certificate that may be renewed while the process runs; or plain,
// where mutual TLS is off.

import { Agent } from "undici";
import { keepFresh } from "../kernel/fresh";
import { readTlsFiles, type TlsFiles, type TlsMaterial } from "./tls-files";

/** Milliseconds after which a certificate that was renewed is used at the latest. */
const FILES_MAX_AGE_MS = 2_000;
/** Milliseconds in which who was given a connection begins to use it, be it that it was replaced meanwhile. */
const HANDED_OUT_MS = 10_000;
/** What Digikoppeling asks at least. */
export const LEAST_TLS = "TLSv1.2";

/** What a request to a subgraph travels over. */
export interface Connection {
  readonly dispatcher: Agent;
  /** Thumbprint (x5t#S256) of the client certificate; undefined without one. */
  readonly certificate?: string;
}

/** Where requests to subgraphs get their connection from. */
export interface Connections {
  current(): Promise<Connection>;
  close(): Promise<void>;
}

/** How connections are kept. */
export type ConnectionOptions = Pick<Agent.Options, "connections" | "keepAliveTimeout" | "maxResponseSize">;

/** Connections of which the other side learns nothing; `authority` (PEM) is believed instead of those of the machine. */
export function plainConnections(options: ConnectionOptions, authority?: string): Connections {
  const dispatcher = new Agent({
    ...options,
    ...(authority === undefined ? {} : { connect: { ca: authority, minVersion: LEAST_TLS } }),
  });
  return { current: async () => ({ dispatcher }), close: async () => dispatcher.destroy() };
}

const agentWith = ({ ca, cert, key }: TlsMaterial, options: ConnectionOptions): Agent =>
  // A session that is resumed would go on with a certificate that was renewed or has expired.
  new Agent({ ...options, connect: { ca, cert, key, minVersion: LEAST_TLS, maxCachedSessions: 0 } });

/**
 * Connections over mutual TLS. Rejects with a TlsFilesError when the files cannot be used at first; later that is told to
 * `onError`, and what is known goes on.
 */
export async function mutualTlsConnections(
  files: TlsFiles,
  options: ConnectionOptions,
  onError: (error: unknown) => void,
): Promise<Connections> {
  const outdated = new Set<Agent>();
  const retire = (agent: Agent): void => {
    outdated.add(agent);
    const timer = setTimeout(() => {
      // Ends once what is under way over it has been answered.
      agent.close().catch(onError);
      outdated.delete(agent);
    }, HANDED_OUT_MS);
    timer.unref();
  };
  let known: { readonly material: TlsMaterial; readonly connection: Required<Connection> } | undefined;
  const connections = await keepFresh({
    read: async () => {
      const material = await readTlsFiles(files);
      if (known && isSame(known.material, material)) return known.connection;
      if (known) retire(known.connection.dispatcher);
      const dispatcher = agentWith(material, options);
      known = { material, connection: { dispatcher, certificate: material.thumbprint } };
      return known.connection;
    },
    maxAgeMs: FILES_MAX_AGE_MS,
    minAgeMs: FILES_MAX_AGE_MS,
    onError,
  });
  return {
    current: () => connections.get(),
    close: async () => {
      const { dispatcher } = await connections.get();
      await Promise.all([dispatcher, ...outdated].map((agent) => agent.destroy()));
    },
  };
}

/** The one or the other, as `files` say. */
export async function openConnections(
  files: TlsFiles | undefined,
  options: ConnectionOptions,
  onError: (error: unknown) => void,
): Promise<Connections> {
  return files ? mutualTlsConnections(files, options, onError) : plainConnections(options);
}

/** Is nothing in the files different? */
export const isSame = (one: TlsMaterial, other: TlsMaterial): boolean =>
  one.ca === other.ca && one.cert === other.cert && one.key === other.key;
