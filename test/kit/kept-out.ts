// Keeping a worker out with the sessions command, and what the log says of it.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { post, PROJECT_ROOT, tokenOf, type Answer, type HubPlace } from "./hub";
import { asOwner } from "./hub-database";

const askAs = async (token: string, port: number, purpose = "MEASURE_EXECUTION"): Promise<Answer> =>
  post(port, JSON.stringify({ query: "{ me { organisation { code } } }" }), {
    authorization: `Bearer ${token}`,
    purpose,
  });

/** What the log says of acts with this name, the newest first. */
export const actsNamed = async (hub: HubPlace, operation: string): Promise<unknown[]> =>
  asOwner(hub, async (owner) => {
    const { rows } = await owner.query(
      `select outcome, worker, source, relied_on as relied from access_log.entry where operation = $1
       order by position desc limit 2`,
      [operation],
    );
    return rows;
  });

function sessions(hub: HubPlace, ...args: readonly string[]) {
  const main = join(PROJECT_ROOT, "dist", "shared", "administration", "sessions", "main.js");
  const env = {
    PATH: process.env["PATH"] ?? "",
    SCHAKEL_DATA_DIR: join(hub.folder, "data"),
    SCHAKEL_PORT: String(hub.port),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8", env });
  return { status, stdout, stderr };
}

/** Ends the sessions of a worker by command, sees that at these gateways, and lets them in again. */
export async function seeKeptOut(hub: HubPlace, worker: string, ports: readonly number[]): Promise<void> {
  const organisation = worker.slice(0, worker.indexOf("."));
  const tokens = [await tokenOf(hub, worker), await tokenOf(hub, worker)];
  const colleague = await tokenOf(hub, `${organisation}.voluntary`);
  const statuses = async (): Promise<string[]> =>
    Promise.all(
      ports.flatMap((port) =>
        tokens.map(async (token) => {
          const { status, body } = await askAs(token, port);
          return [status, ...(body.errors ?? []).map(({ extensions }) => extensions["code"])].join(" ");
        }),
      ),
    );
  const every = (status: string): string[] => ports.flatMap(() => tokens.map(() => status));
  expect(await statuses()).toEqual(every("200"));
  expect(sessions(hub, "status", organisation, worker).status).toBe(0);
  expect(sessions(hub, "end", organisation, worker, "--for", "8h")).toMatchObject({ status: 0, stderr: "" });
  expect(await statuses()).toEqual(every("401 SESSION_ENDED"));
  // Somebody else of the same employer goes on, and who signs in anew before the time is up does not get in.
  expect((await askAs(colleague, hub.port, "CARE")).status).toBe(200);
  tokens.push(await tokenOf(hub, worker));
  expect(await statuses()).toEqual(every("401 SESSION_ENDED"));
  expect(sessions(hub, "status", organisation, worker)).toMatchObject({
    status: 1,
    stdout: expect.stringContaining("issued before") as string,
  });
  expect(sessions(hub, "lift", organisation, worker).status).toBe(0);
  expect(await statuses()).toEqual(every("200"));
  expect(sessions(hub, "lift", organisation, worker).status).toBe(1);
  const entry = { worker: "hub.operator", source: organisation };
  const relied = ["OPERATOR:TRUST", `SUBJECT:${worker}`];
  expect((await actsNamed(hub, "endSessions"))[0]).toEqual({ ...entry, outcome: "DELIVERED", relied });
  // The second lift had nothing to lift.
  expect((await actsNamed(hub, "liftEndOfSessions"))[0]).toEqual({ ...entry, outcome: "FAILED", relied });
}
