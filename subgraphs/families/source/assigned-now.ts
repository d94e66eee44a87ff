// Who works with a family today: the same rule as the gateway's (gateway/privacy), for lists and for changes by id.

/**
 * SQL: the families at which a worker of an organisation is assigned on a day. An assignment outlives no
 * involvement. `$1` organisation, `$2` worker, `$3` day.
 */
export const FAMILIES_OF_WORKER = `
  select a.family_id from hub.assignment a
  join hub.involvement i on i.family_id = a.family_id and i.organisation = a.organisation
  where a.organisation = $1 and a.worker_id = $2
    and $3::date between a.from_on and coalesce(a.until_on, 'infinity')
    and $3::date between i.began_on and coalesce(i.ended_on, 'infinity')`;
