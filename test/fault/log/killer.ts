// Ends parts of a hub with SIGKILL, as a power cut or the system does that runs out of memory.

import { eventually, type TestHub } from "../../kit/hub";
import { postgresPids } from "../../kit/hub-processes";
import type { Chance } from "../../kit/random/chance";

/** What is killed. */
export const Victim = {
  /** Started again by the launcher, as all that follow but the last */
  GATEWAY: "the gateway",
  /** The server and all its sessions */
  POSTGRES: "PostgreSQL",
  /** One session, or one of the server's own processes; it then ends all others and recovers, or ends itself */
  POSTGRES_PROCESS: "a process of PostgreSQL",
  KEEPER: "the log keeper",
  /** The launcher and all that it started; the hub is started anew on its data */
  EVERYTHING: "everything",
} as const;
export type Victim = (typeof Victim)[keyof typeof Victim];

/** How often each dies in as many kills as there are here; so many in a row miss none. */
const ROUND: readonly Victim[] = [
  Victim.GATEWAY,
  Victim.GATEWAY,
  Victim.GATEWAY,
  Victim.POSTGRES,
  Victim.POSTGRES,
  Victim.POSTGRES_PROCESS,
  Victim.KEEPER,
  Victim.EVERYTHING,
];

const PATIENCE_MS = 60_000;

/** The victims of so many kills, in an order of chance. */
export function chooseVictims(chance: Chance, kills: number): Victim[] {
  const rounds = Math.ceil(kills / ROUND.length);
  return Array.from({ length: rounds }, (_, round) => chance.part(round).shuffled(ROUND))
    .flat()
    .slice(0, kills);
}

/** Kills it. Of what clients do not miss, or nobody starts again by itself, it resolves when that is started again. */
export async function kill(hub: TestHub, victim: Victim, chance: Chance): Promise<void> {
  switch (victim) {
    case Victim.GATEWAY:
      killProcess(hub.pidOf("gateway"));
      return;
    case Victim.POSTGRES:
      // The server first: it must not see its sessions end one by one.
      for (const pid of [hub.postgresPid(), ...postgresPids(hub)]) killProcess(pid);
      return;
    case Victim.POSTGRES_PROCESS:
      while (!killProcess(chance.pick(postgresPids(hub)))) {
        // It had ended by itself, as sessions do.
      }
      return;
    case Victim.KEEPER: {
      const killed = hub.pidOf("log-keeper");
      killProcess(killed);
      // Nobody misses it, so the clients do not notice when it is back.
      await eventually(
        "another keeper of the log",
        async () => (hub.pidOf("log-keeper") === killed ? undefined : true),
        PATIENCE_MS,
      );
      return;
    }
    case Victim.EVERYTHING:
      await hub.kill();
      await hub.start();
      return;
  }
}

/** Whether there was such a process. */
function killProcess(pid: number): boolean {
  try {
    process.kill(pid, "SIGKILL");
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
    throw error;
  }
}
