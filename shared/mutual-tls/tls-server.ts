// The server's side of mutual TLS: nobody without a certificate of the authority gets as far as a request, and the own
// certificate may be renewed while the process runs.

import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import { isSame, LEAST_TLS } from "./connections";
import { readTlsFiles, type TlsFiles, type TlsMaterial } from "./tls-files";

/** Milliseconds after which a certificate that was renewed is shown at the latest. */
const LOOK_EVERY_MS = 2_000;

const contextOf = ({ ca, cert, key }: TlsMaterial) => ({ ca, cert, key, minVersion: LEAST_TLS }) as const;

/** A server over mutual TLS, and what ends the watch over its files. */
export interface MutualTlsServer {
  readonly server: Server;
  readonly endWatch: () => void;
}

/**
 * Makes the server. Rejects with a TlsFilesError when the files cannot be used at first; later that is told to `onError`,
 * and what is known goes on.
 */
export async function createMutualTlsServer(
  files: TlsFiles,
  listener: RequestListener,
  onError: (error: unknown) => void,
): Promise<MutualTlsServer> {
  let known = await readTlsFiles(files);
  const server = createServer({ ...contextOf(known), requestCert: true, rejectUnauthorized: true }, listener);
  const look = async (): Promise<void> => {
    const found = await readTlsFiles(files);
    if (isSame(found, known)) return;
    server.setSecureContext(contextOf(found));
    known = found;
  };
  const timer = setInterval(() => {
    look().catch(onError);
  }, LOOK_EVERY_MS);
  timer.unref();
  return {
    server,
    endWatch: () => {
      clearInterval(timer);
    },
  };
}
