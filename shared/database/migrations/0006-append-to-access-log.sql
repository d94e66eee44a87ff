-- Appending to the access log: order, moment, hashes and rows in one function, so that who writes needs no right on a table.
-- In: placeholder :working_role. Out: functions of the schema access_log. What is hashed and how: docs/access-log-format.md.

create function access_log.moment_text(moment timestamptz) returns text language sql stable parallel safe
return to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- merkle_root
-- In: hashes of leaves, one or more. Out: the root of RFC 6962, 2.1: pairs from the left, one that is left over goes up as it is.
create function access_log.merkle_root(leaves bytea[]) returns bytea language plpgsql immutable as $$
declare
  level bytea[] := leaves;
  width integer := cardinality(leaves);
  half  integer;
begin
  while width > 1 loop
    half := width / 2;
    for i in 1..half loop
      level[i] := sha256(decode('01', 'hex') || level[2 * i - 1] || level[2 * i]);
    end loop;
    if width % 2 = 1 then
      half := half + 1;
      level[half] := level[width];
    end if;
    width := half;
  end loop;
  return level[1];
end
$$;

create function access_log.batch_hash(
  log_id uuid, number bigint, first_position bigint, last_position bigint, recorded_at timestamptz, root bytea, previous bytea
) returns bytea language sql stable
return sha256(convert_to(array_to_string(array['batch/1', log_id::text, number::text, first_position::text,
  last_position::text, access_log.moment_text(recorded_at), encode(root, 'hex'), encode(previous, 'hex')], E'\n'), 'UTF8'));

-- close_batch
-- In: a number, positions, a moment and hashes of leaves that follow on the last batch. Out: the batch is there.
create function access_log.close_batch(
  number bigint, first_position bigint, last_position bigint, moment timestamptz, leaves bytea[], before bytea
) returns void language plpgsql as $$
declare
  log_id   uuid := (select id from access_log.log);
  root     bytea := access_log.merkle_root(leaves);
  previous bytea := coalesce(before, sha256(convert_to(E'log/1\n' || log_id, 'UTF8')));
begin
  insert into access_log.batch (number, first_position, last_position, recorded_at, root, previous, hash)
  values (number, first_position, last_position, moment, root, previous,
    access_log.batch_hash(log_id, number, first_position, last_position, moment, root, previous));
end
$$;

-- append_at
-- In: a JSON array of one or more entries, each with its processing lines, and the present moment.
-- Out: number of the batch; all is there, in order, chained, and the commit will wait for the disk.
-- Errors: 22023 nothing to append; LOG01 a subject without a living key; LOG02 no partition for the month; LOG03 a month
-- that is sealed; what the tables refuse.
create function access_log.append_at(entries json, now timestamptz) returns bigint language plpgsql as $$
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
    (select count(*) from used left join access_log.subject_key k using (id) where k.key is null)
  into leaves, keyless from hashed;
  if keyless > 0 then
    raise exception 'A subject has no living key.' using errcode = 'LOG01';
  end if;
  perform access_log.close_batch(number, base + 1, base + many, moment, leaves, last.hash);
  return number;
end
$$;
comment on function access_log.append_at(json, timestamptz) is 'Appends entries as one batch, at a moment; for the owner, who moves and generates logs.';

create function access_log.append(entries json) returns bigint language sql security definer
  set search_path = pg_catalog, access_log, pg_temp
return access_log.append_at(entries, clock_timestamp());
comment on function access_log.append(json) is 'Appends entries as one batch, now. The only way in which the working role can write to the log.';
