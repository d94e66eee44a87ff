// A program for tests: runs an embedded PostgreSQL as whoever runs it, until it is told to stop.
// Arguments: project root, data directory, port. Prints "running <pid of the server> <its user>".

import { statSync } from "node:fs";
import { join } from "node:path";
import { LaunchError } from "../../shared/launch/launch-error";
import { startEmbeddedPostgres } from "../../shared/launch/embedded-postgres";

async function main(): Promise<void> {
  const [projectRoot = "", dataDirectory = "", port = ""] = process.argv.slice(2);
  const server = await startEmbeddedPostgres({
    projectRoot,
    dataDirectory,
    port: Number(port),
    password: "test",
  });
  const owner = statSync(join(dataDirectory, "postgres", "data")).uid;
  process.stdout.write(`running ${server.pid} ${owner}\n`);
  process.once("SIGTERM", () => {
    void server.stop().then(() => process.exit(0));
  });
  setInterval(() => undefined, 60_000);
}

main().catch((error: unknown) => {
  process.stderr.write(error instanceof LaunchError ? `${error.message}\n` : `${String(error)}\n`);
  process.exit(1);
});
