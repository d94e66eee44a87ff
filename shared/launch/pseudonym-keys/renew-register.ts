// Goes through the register's rows of one organisation and puts them under the newest version of its key, as the organisation
// itself says; it can be ended at any moment and begun again.

import type { ClientBase } from "pg";
import type { RenewalAnswer } from "../../subgraph-kit/renewal/renewal-request";
import { LaunchError } from "../launch-error";

/** What renewing takes. */
export interface Renewal {
  readonly organisation: string;
  /** The newest version, which the organisation must have by now. */
  readonly version: number;
  /** Connection of the role that owns the tables: no service can change a pseudonym. */
  readonly register: ClientBase;
  /** Asks the organisation; rejects when it does not answer. */
  readonly ask: (pseudonyms: readonly string[]) => Promise<RenewalAnswer>;
  /** Rows of one question and one commit. */
  readonly batch: number;
}

/** How far it came. */
export interface Renewed {
  readonly renewed: number;
  /** Rows of people whom the organisation's system does not have any more: they stay under the older version. */
  readonly unknown: number;
}

const OLDER = `select person_id, pseudonym from hub.person_pseudonym
  where organisation = $1 and key_version < $2 and person_id > $3 order by person_id limit $4`;

// One statement: a row is under the one version or under the other, and nothing is renewed twice.
const RENEW = `update hub.person_pseudonym s set pseudonym = r.renewed, key_version = $2
  from unnest($3::text[], $4::text[]) as r (pseudonym, renewed)
  where s.organisation = $1 and s.key_version < $2 and s.pseudonym = r.pseudonym`;

/**
 * Renews what can be renewed. Meanwhile both versions are valid, so that nobody waits. Rejects with a LaunchError when the
 * organisation does not have the version yet, or with what `ask` or the database rejects with; what was done stays done.
 */
export async function renewRegister(renewal: Renewal): Promise<Renewed> {
  const { organisation, version, register, ask, batch } = renewal;
  let [renewed, unknown, after] = [0, 0, ""];
  for (;;) {
    const { rows } = await register.query<{ person_id: string; pseudonym: string }>(OLDER, [
      organisation,
      version,
      after,
      batch,
    ]);
    const last = rows.at(-1);
    if (!last) return { renewed, unknown };
    const answer = await ask(rows.map(({ pseudonym }) => pseudonym));
    if (answer.version !== version) {
      throw new LaunchError(
        `${organisation} has version ${answer.version} of its key, not ${version}. Hand it the key file and begin again.`,
      );
    }
    const pairs = rows.flatMap(({ pseudonym }) => {
      const found = answer.pseudonyms[pseudonym];
      return found === undefined ? [] : [{ pseudonym, found }];
    });
    await register.query(RENEW, [
      organisation,
      version,
      pairs.map(({ pseudonym }) => pseudonym),
      pairs.map(({ found }) => found),
    ]);
    renewed += pairs.length;
    unknown += rows.length - pairs.length;
    after = last.person_id;
  }
}
