-- Appending looks up the keys of its own subjects, and no others: what one commit costs does not grow with the region.
-- A join on keys is a thing of the planner, which may walk through all of them; one look per subject is not.
-- In: the functions of 0006 and 0007. Out: the same functions, but for how they look.

-- take_subject_keys
-- In: a JSON array of subjects (subject_type, subject_id, family_id). Out: the living key of each; one is made where there
-- is none. Safe for several at once: all get the same one.
create or replace function access_log.take_subject_keys(wanted json)
returns table (subject_type text, subject_id text, family_id text, id uuid, key bytea)
language plpgsql security definer set search_path = pg_catalog, access_log, pg_temp as $$
#variable_conflict use_column
begin
  -- The commit of the entries waits for the disk, and this one stands before it there.
  perform set_config('synchronous_commit', 'off', true);
  insert into access_log.subject_key (id, subject_type, subject_id, family_id, key)
  select access_log.subject_key_id(new.key, w.subject_type, w.subject_id, w.family_id), w.subject_type, w.subject_id,
    w.family_id, new.key
  from (select distinct * from json_to_recordset(wanted) as w (subject_type text, subject_id text, family_id text)) as w
  cross join lateral (
    -- Three times 122 random bits, of which w is named so that each row gets its own.
    select sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) as key
    where w.subject_type is not null
  ) as new
  where (select true from access_log.subject_key k where k.subject_type = w.subject_type
    and k.subject_id = w.subject_id and coalesce(k.family_id, '') = coalesce(w.family_id, '') and k.key is not null) is null
  -- In one order for everybody: two that make the same keys at once wait for each other once, never in a circle.
  order by w.subject_type, w.subject_id, w.family_id
  on conflict do nothing;
  return query select k.subject_type, k.subject_id, k.family_id, k.id, k.key
  from json_to_recordset(wanted) as w (subject_type text, subject_id text, family_id text)
  -- There is one at most; the limit has it looked up for each subject.
  cross join lateral (select * from access_log.subject_key k where k.subject_type = w.subject_type
    and k.subject_id = w.subject_id and coalesce(k.family_id, '') = coalesce(w.family_id, '') and k.key is not null
    limit 1) as k;
end
$$;

-- append_at
-- In: a JSON array of one or more entries, each with its processing lines, and the present moment.
-- Out: number of the batch; all is there, in order, chained, and the commit will wait for the disk.
-- Errors: 22023 nothing to append; LOG01 a subject without a living key; LOG02 no partition for the month; LOG03 a month
-- that is sealed; what the tables refuse.
create or replace function access_log.append_at(entries json, now timestamptz) returns bigint language plpgsql as $$
declare
  many    integer := json_array_length(entries);
  last    access_log.batch;
  number  bigint;
  moment  timestamptz;
  said    text;
  base    bigint;
  leaves  bytea[];
  keyless bigint;
begin
  if many = 0 then
    raise exception 'There is nothing to append.' using errcode = '22023';
  end if;
  perform set_config('synchronous_commit', 'on', true);
  -- From here to the commit nobody else appends: the next one sees this batch as the last.
  perform from access_log.log for update;
  select * into last from access_log.batch order by batch.number desc limit 1;
  moment := greatest(now, last.recorded_at);
  said := access_log.moment_text(moment);
  number := coalesce(last.number, 0) + 1;
  base := coalesce(last.last_position, 0);
  if to_regclass('access_log.entry_' || to_char(moment at time zone 'UTC', 'YYYY_MM')) is null then
    raise exception 'The access log has no partition for the month of %: call access_log.ensure_partitions().', said
      using errcode = 'LOG02';
  end if;
  if exists (select from access_log.seal where month = date_trunc('month', moment at time zone 'UTC')) then
    raise exception 'The month of % is sealed.', said using errcode = 'LOG03';
  end if;

  with given as materialized (
    select base + n as position, decode(g.subject, 'hex') as sealed, g.* from rows from (json_to_recordset(entries) as (
      id uuid, trace_id text, act text, outcome text, operation text, worker text, organisation text, team text,
      worker_function text, purpose text, subject_type text, subject_key uuid, subject text, source text,
      categories_delivered text[], categories_withheld text[], rules text[], policy_set text, relied_on text[],
      error_code text, origin text, lines json)) with ordinality as g (
      id, trace_id, act, outcome, operation, worker, organisation, team, worker_function, purpose, subject_type,
      subject_key, subject, source, categories_delivered, categories_withheld, rules, policy_set, relied_on, error_code,
      origin, lines, n)
  ), given_lines as materialized (
    select position, trace_id, l.* from given cross join lateral rows from (json_to_recordset(lines) as (
      span_id text, parent_span_id text, name text, start_time bigint, end_time bigint, status_code smallint,
      processing_activity_id text, subject_type text, subject_key uuid, resource text)) with ordinality as l (
      span_id, parent_span_id, name, start_time, end_time, status_code, processing_activity_id, subject_type, subject_key,
      resource, line)
  ), lines_of as (
    select position, string_agg(array_to_string(array['', 'line/1', line::text, trace_id, span_id, parent_span_id, name,
      start_time::text, end_time::text, status_code::text, processing_activity_id, subject_type, subject_key::text,
      resource], E'\n', '-'), '' order by line) as told
    from given_lines group by position
  ), hashed as materialized (
    select given.*, sha256(decode('00', 'hex') || convert_to(array_to_string(array['entry/1', position::text, number::text,
      id::text, said, trace_id, act, outcome, operation, worker, organisation, team, worker_function, purpose,
      subject_type, subject_key::text, encode(sealed, 'hex'), source, array_to_string(categories_delivered, ','),
      array_to_string(categories_withheld, ','), array_to_string(rules, ','), policy_set,
      array_to_string(relied_on, ','), error_code, origin], E'\n', '-') || coalesce(told, ''), 'UTF8')) as hash
    from given left join lines_of using (position)
  ), put as (
    insert into access_log.entry (position, batch, id, recorded_at, trace_id, act, outcome, operation, worker,
      organisation, team, worker_function, purpose, subject_type, subject_key, subject, source, categories_delivered,
      categories_withheld, rules, policy_set, relied_on, error_code, origin, hash)
    select position, number, id, moment, trace_id, act, outcome, operation, worker, organisation, team,
      worker_function, purpose, subject_type, subject_key, sealed, source, categories_delivered, categories_withheld,
      rules, policy_set, relied_on, error_code, origin, hash
    from hashed
  ), put_lines as (
    insert into access_log.processing (position, line, recorded_at, trace_id, span_id, parent_span_id, name, start_time,
      end_time, status_code, processing_activity_id, subject_type, subject_key, resource)
    select position, line, moment, trace_id, span_id, parent_span_id, name, start_time, end_time, status_code,
      processing_activity_id, subject_type, subject_key, resource from given_lines
  ), used as (
    select subject_key as id from given where subject_key is not null
    union select subject_key from given_lines where subject_key is not null
  )
  select array_agg(hash order by position),
    (select count(*) from used
      where (select k.key is not null from access_log.subject_key k where k.id = used.id) is not true)
  into leaves, keyless from hashed;
  if keyless > 0 then
    raise exception 'A subject has no living key.' using errcode = 'LOG01';
  end if;
  perform access_log.close_batch(number, base + 1, base + many, moment, leaves, last.hash);
  return number;
end
$$;
