-- Appending says once what entries have in common: a caseload of 30 families is 300 entries and 721 processing lines of some
-- ten kinds, and of what it cost, two fifths was reading 500 kB of JSON with an object for each.
-- In: placeholder :working_role; the functions of 0006 and 0015. Out: append_parts for the gateways, beside append for what
-- comes one by one; less to look at, and to index, for each row. What is hashed, and how, stays as it was
-- (docs/access-log-format.md).

-- append_parts_at
-- In: entries and their processing lines, in columns, and the present moment.
--   kinds         JSON array of objects: what entries of a kind have in common
--   line_kinds    the same of lines
--   subject_keys  the keys that subjects stand under; sealed_subjects beside each: the subject under that key, in hexadecimal,
--                 or null for one that only lines are about
--   entry_*       of each entry its id, its kind and its subject (places in the arrays above, from 1; null for no subject), and
--                 what it relied on, joined by commas
--   line_*        of each line its entry, its kind, its span and its subject, in the same way; lines of an entry in their order
-- Out: number of the batch; all is there, in order, chained, and the commit will wait for the disk.
-- Errors: 22023 nothing to append, or places that are not there; LOG01 a subject without a living key; LOG02 no partition for
-- the month; LOG03 a month that is sealed; what the tables refuse.
create function access_log.append_parts_at(
  kinds json, line_kinds json, subject_keys uuid[], sealed_subjects text[],
  entry_ids uuid[], entry_kinds integer[], entry_subjects integer[], entry_relied_on text[],
  line_entries integer[], line_kinds_of integer[], line_spans text[], line_subjects integer[], now timestamptz
) returns bigint language plpgsql as $$
declare
  many   integer := cardinality(entry_ids);
  last   access_log.batch;
  number bigint;
  moment timestamptz;
  said   text;
  base   bigint;
  leaves bytea[];
  lines  bigint;
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
  -- One look for each subject: a join is a thing of the planner, which may walk through all keys (0015).
  if exists (select from unnest(subject_keys) as used (id)
    where (select k.key is not null from access_log.subject_key k where k.id = used.id) is not true) then
    raise exception 'A subject has no living key.' using errcode = 'LOG01';
  end if;

  with kind as materialized (
    select k.*,
      array_to_string(array[trace_id, act, outcome, operation, worker, organisation, team, worker_function, purpose,
        subject_type], E'\n', '-') as before_subject,
      array_to_string(array[source, array_to_string(categories_delivered, ','), array_to_string(categories_withheld, ','),
        array_to_string(rules, ','), policy_set], E'\n', '-') as after_subject,
      array_to_string(array[error_code, origin], E'\n', '-') as at_end
    from rows from (json_to_recordset(kinds) as (
      trace_id text, act text, outcome text, operation text, worker text, organisation text, team text,
      worker_function text, purpose text, subject_type text, source text, categories_delivered text[],
      categories_withheld text[], rules text[], policy_set text, error_code text, origin text)) with ordinality as k (
      trace_id, act, outcome, operation, worker, organisation, team, worker_function, purpose, subject_type, source,
      categories_delivered, categories_withheld, rules, policy_set, error_code, origin, kind)
  ), line_kind as materialized (
    select k.*,
      array_to_string(array[parent_span_id, name, start_time::text, end_time::text, status_code::text,
        processing_activity_id, subject_type], E'\n', '-') as before_subject
    from rows from (json_to_recordset(line_kinds) as (
      parent_span_id text, name text, start_time bigint, end_time bigint, status_code smallint,
      processing_activity_id text, subject_type text, resource text)) with ordinality as k (
      parent_span_id, name, start_time, end_time, status_code, processing_activity_id, subject_type, resource, kind)
  ), subject as materialized (
    select * from unnest(subject_keys, sealed_subjects) with ordinality as s (subject_key, sealed, subject)
  ), given as materialized (
    select n, base + n as position, e.id, string_to_array(e.relied_on, ',') as relied_on, e.relied_on as relied_on_text,
      s.subject_key, decode(s.sealed, 'hex') as sealed, k.*
    from unnest(entry_ids, entry_kinds, entry_subjects, entry_relied_on) with ordinality
      as e (id, kind, subject, relied_on, n)
    join kind k using (kind) left join subject s using (subject)
  ), given_lines as materialized (
    select l.entry, row_number() over (partition by l.entry order by l.n)::integer as line, g.position, g.trace_id, l.span_id,
      s.subject_key, k.*
    from unnest(line_entries, line_kinds_of, line_spans, line_subjects) with ordinality
      as l (entry, kind, span_id, subject, n)
    join line_kind k using (kind) join given g on g.n = l.entry left join subject s on s.subject = l.subject
  ), lines_of as (
    select entry as n, string_agg(E'\nline/1\n' || line || E'\n' || trace_id || E'\n' || span_id || E'\n' || before_subject || E'\n'
      || coalesce(subject_key::text, '-') || E'\n' || resource, '' order by line) as told
    from given_lines group by entry
  ), put as (
    insert into access_log.entry (position, batch, id, recorded_at, trace_id, act, outcome, operation, worker,
      organisation, team, worker_function, purpose, subject_type, subject_key, subject, source, categories_delivered,
      categories_withheld, rules, policy_set, relied_on, error_code, origin, hash)
    select position, number, id, moment, trace_id, act, outcome, operation, worker, organisation, team,
      worker_function, purpose, subject_type, subject_key, sealed, source, categories_delivered, categories_withheld,
      rules, policy_set, relied_on, error_code, origin,
      sha256('\x00'::bytea || convert_to('entry/1' || E'\n' || position || E'\n' || number || E'\n' || id || E'\n' || said || E'\n'
        || before_subject || E'\n' || coalesce(subject_key::text, '-') || E'\n' || coalesce(encode(sealed, 'hex'), '-') || E'\n'
        || after_subject || E'\n' || relied_on_text || E'\n' || at_end || coalesce(told, ''), 'UTF8'))
    from given left join lines_of using (n)
    returning position, hash
  ), put_lines as (
    insert into access_log.processing (position, line, recorded_at, trace_id, span_id, parent_span_id, name, start_time,
      end_time, status_code, processing_activity_id, subject_type, subject_key, resource)
    select position, line, moment, trace_id, span_id, parent_span_id, name, start_time, end_time, status_code,
      processing_activity_id, subject_type, subject_key, resource from given_lines
  )
  select (select array_agg(hash order by position) from put), (select count(*) from given_lines) into leaves, lines;
  if cardinality(leaves) is distinct from many
    or lines <> greatest(cardinality(line_entries), cardinality(line_spans)) then
    raise exception 'Parts do not fit together.' using errcode = '22023';
  end if;
  perform access_log.close_batch(number, base + 1, base + many, moment, leaves, last.hash);
  return number;
end
$$;
comment on function access_log.append_parts_at(json, json, uuid[], text[], uuid[], integer[], integer[], text[], integer[],
  integer[], text[], integer[], timestamptz) is 'Appends entries as one batch, at a moment; for the owner, who moves and generates logs.';

create function access_log.append_parts(
  kinds json, line_kinds json, subject_keys uuid[], sealed_subjects text[],
  entry_ids uuid[], entry_kinds integer[], entry_subjects integer[], entry_relied_on text[],
  line_entries integer[], line_kinds_of integer[], line_spans text[], line_subjects integer[]
) returns bigint language sql security definer set search_path = pg_catalog, access_log, pg_temp
return access_log.append_parts_at(kinds, line_kinds, subject_keys, sealed_subjects, entry_ids, entry_kinds, entry_subjects,
  entry_relied_on, line_entries, line_kinds_of, line_spans, line_subjects, clock_timestamp());
comment on function access_log.append_parts(json, json, uuid[], text[], uuid[], integer[], integer[], text[], integer[],
  integer[], text[], integer[]) is 'Appends entries as one batch, now. The way in which the working role writes to the log.';
revoke all on function access_log.append_parts_at(json, json, uuid[], text[], uuid[], integer[], integer[], text[], integer[],
  integer[], text[], integer[], timestamptz), access_log.append_parts(json, json, uuid[], text[], uuid[], integer[], integer[],
  text[], integer[], integer[], text[], integer[]) from public;
grant execute on function access_log.append_parts(json, json, uuid[], text[], uuid[], integer[], integer[], text[], integer[],
  integer[], text[], integer[]) to :working_role;

-- The same answers as before (0008), without a query of its own for each entry that relied on something.
create or replace function access_log.relies_on_emergency(relied_on text[]) returns boolean
language plpgsql immutable parallel safe as $$
begin
  return position(',EMERGENCY:' in ',' || array_to_string(relied_on, ',')) > 0;
end
$$;

-- The same names as before (0005); counting repetitions is what takes a regular expression its time.
alter table access_log.entry drop constraint entry_team_check;
alter table access_log.entry add constraint entry_team_check
  check (length(team) <= 40 and team ~ '^[a-z]' and team !~ '[^a-z0-9-]') not valid;

-- Every request has one line that is about nobody, its own: that one leads to all others of the trace.
drop index access_log.processing_by_trace;
create index processing_by_request on access_log.processing (trace_id) where subject_type = 'NONE';
