// Who works with a family on a day, as SQL: the same rule as the gateway's (gateway/privacy/involvement-facts.ts), for
// lists and for changes by id.

/** The parts that are filled in: SQL expressions, never values. */
export interface WorkerExpressions {
  readonly organisation: string;
  readonly worker: string;
  readonly day: string;
}

/**
 * SQL: the assignments that a worker of an organisation has on a day, alone or as a member of a team that has one, as
 * `family_id`, `relation` and `until_on` (last day of the assignment or of the membership; null while both run). What ended early
 * holds no more, and an assignment outlives no involvement.
 */
export function assignmentsOfWorker({ organisation, worker, day }: WorkerExpressions): string {
  const on = (first: string, last: string): string =>
    `${day} between ${first} and coalesce(${last}, 'infinity')`;
  const involved = `join hub.involvement i on i.family_id = a.family_id and i.organisation = a.organisation
      and ${on("i.began_on", "i.ended_on")}`;
  const runs = `a.organisation = ${organisation} and a.ended_at is null and ${on("a.from_on", "a.until_on")}`;
  return `
    select a.family_id, a.relation, a.until_on from hub.assignment a ${involved}
    where a.worker_id = ${worker} and ${runs}
    union all
    select a.family_id, a.relation, least(a.until_on, t.until_on) as until_on from hub.team_member t
    join hub.assignment a on a.organisation = t.organisation and a.team = t.team and a.worker_id is null ${involved}
    where t.worker_id = ${worker} and t.ended_at is null and ${on("t.from_on", "t.until_on")} and ${runs}`;
}

/**
 * SQL: how many different workers of all organisations work with a family on a day, alone or by their team. Equal ids at
 * two organisations are two people.
 */
export const countOfWorkers = ({
  family,
  day,
}: {
  readonly family: string;
  readonly day: string;
}): string => {
  const on = (first: string, last: string): string =>
    `${day} between ${first} and coalesce(${last}, 'infinity')`;
  return `(select count(distinct (a.organisation, coalesce(a.worker_id, t.worker_id)))::int
    from hub.assignment a
    join hub.involvement i on i.family_id = a.family_id and i.organisation = a.organisation
      and ${on("i.began_on", "i.ended_on")}
    left join hub.team_member t on a.worker_id is null and t.organisation = a.organisation and t.team = a.team
      and t.ended_at is null and ${on("t.from_on", "t.until_on")}
    where a.family_id = ${family} and a.ended_at is null and ${on("a.from_on", "a.until_on")}
      and coalesce(a.worker_id, t.worker_id) is not null)`;
};

/** SQL: the ids of the families of those assignments. */
export const familiesOfWorker = (expressions: WorkerExpressions): string =>
  `select mine.family_id from (${assignmentsOfWorker(expressions)}) as mine`;
