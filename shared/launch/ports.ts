// Says before a start, in words, that a port is taken.

import { createServer } from "node:net";
import { LaunchError } from "./launch-error";

/** Is nobody listening on this port of this host? */
export async function isFree(host: string, port: number): Promise<boolean> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") resolve(false);
      else reject(new LaunchError(`Cannot listen on ${host}:${port} (${error.code}). See SCHAKEL_HOST.`));
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => resolve(true));
    });
  });
}

/**
 * Throws a LaunchError that names each taken port, what it is for, and the setting to change. `wanted` maps what a
 * port is for to the port.
 */
export async function requireFreePorts(host: string, wanted: ReadonlyMap<string, number>): Promise<void> {
  const taken: string[] = [];
  for (const [purpose, port] of wanted) {
    if (!(await isFree(host, port))) taken.push(`${port} (${purpose})`);
  }
  if (taken.length === 0) return;
  throw new LaunchError(
    `In use by another program on ${host}: port ${taken.join(", ")}. Choose another SCHAKEL_PORT; the other ports are counted from it.`,
  );
}

/** The address at which this machine reaches what listens on `host` (which may be "every address"). */
export function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
