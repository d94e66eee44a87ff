-- Keeping the access log: keys of subjects, months that are made ahead, sealed and removed; and moving the old rows.
-- In: placeholder :working_role; access_log.entry_before. Out: functions of the schema access_log; the old rows as the first
-- batches, one each. Of who calls what: append, take_subject_keys, ensure_partitions and seal_months are for the working
-- role; destroy_subject_key and remove_month for the owner alone.

-- subject_key_id
-- In: a key and the subject that it is for. Out: the id of that key: what is hashed of the three, as a UUID (version 8).
create function access_log.subject_key_id(key bytea, subject_type text, subject_id text, family_id text)
returns uuid language sql stable
return overlay(overlay(encode(substr(sha256(key || convert_to(array_to_string(
  array['subject/1', subject_type, subject_id, family_id], E'\n', '-'), 'UTF8')), 1, 16), 'hex')
  placing '8' from 13) placing '8' from 17)::uuid;

-- take_subject_keys
-- In: a JSON array of subjects (subject_type, subject_id, family_id). Out: the living key of each; one is made where there
-- is none. Safe for several at once: all get the same one.
create function access_log.take_subject_keys(wanted json)
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
  where not exists (select from access_log.subject_key k where k.subject_type = w.subject_type
    and k.subject_id = w.subject_id and coalesce(k.family_id, '') = coalesce(w.family_id, '') and k.key is not null)
  -- In one order for everybody: two that make the same keys at once wait for each other once, never in a circle.
  order by w.subject_type, w.subject_id, w.family_id
  on conflict do nothing;
  return query select k.subject_type, k.subject_id, k.family_id, k.id, k.key
  from json_to_recordset(wanted) as w (subject_type text, subject_id text, family_id text)
  join access_log.subject_key k on k.subject_type = w.subject_type and k.subject_id = w.subject_id
    and coalesce(k.family_id, '') = coalesce(w.family_id, '') and k.key is not null;
end
$$;
comment on function access_log.take_subject_keys(json) is 'The keys under which subjects stand in the log; made at first use.';

-- make_month
-- In: first day of a month. Out: its partitions, if they were not there, as closed to change as the tables themselves.
create function access_log.make_month(month date) returns void language plpgsql as $$
declare
  parent text;
  child  text;
begin
  foreach parent in array array['entry', 'processing'] loop
    child := parent || to_char(month, '_YYYY_MM');
    continue when to_regclass('access_log.' || child) is not null;
    -- Made apart and then attached: reading and writing go on meanwhile.
    execute format('create table access_log.%I (like access_log.%I including all)', child, parent);
    execute format('create trigger %I before update or delete or truncate on access_log.%I
      for each statement execute function access_log.refuse_change()', child || '_is_append_only', child);
    execute format('alter table access_log.%I enable always trigger %I', child, child || '_is_append_only');
    execute format('alter table access_log.%I attach partition access_log.%I for values from (%L) to (%L)', parent, child,
      month::timestamp at time zone 'UTC', (month + interval '1 month') at time zone 'UTC');
  end loop;
end
$$;

-- ensure_partitions
-- Out: partitions for this month and the three after it; how many months were made.
create function access_log.ensure_partitions() returns integer language plpgsql security definer
  set search_path = pg_catalog, access_log, pg_temp as $$
declare
  this  date := date_trunc('month', clock_timestamp() at time zone 'UTC');
  month date;
  made  integer := 0;
begin
  for month in select (this + make_interval(months => n))::date from generate_series(0, 3) as n loop
    continue when to_regclass('access_log.entry_' || to_char(month, 'YYYY_MM')) is not null
      and to_regclass('access_log.processing_' || to_char(month, 'YYYY_MM')) is not null;
    perform from access_log.log for update;
    perform access_log.make_month(month);
    made := made + 1;
  end loop;
  return made;
end
$$;
comment on function access_log.ensure_partitions() is 'Makes the partitions of the months to come; to be called daily.';

-- record_keeping
-- In: what the hub itself did with the log, by whom, why (a code), and to what. Out: position and moment of the entry that
-- says so.
create function access_log.record_keeping(
  act text, operation text, by_whom text, reason text, object text, out at_position bigint, out at_moment timestamptz
) language plpgsql as $$
declare
  batch bigint;
begin
  batch := access_log.append_at(json_build_array(json_build_object('id', gen_random_uuid(),
    'trace_id', replace(gen_random_uuid()::text, '-', ''), 'act', act, 'outcome', 'DELIVERED', 'operation', operation,
    'worker', by_whom, 'organisation', 'hub', 'worker_function', 'OPERATOR', 'subject_type', 'NONE', 'source', 'access-log',
    'categories_delivered', array[]::text[], 'categories_withheld', array[]::text[], 'rules', array[reason],
    'relied_on', array[object])), clock_timestamp());
  select b.last_position, b.recorded_at into at_position, at_moment from access_log.batch b where b.number = batch;
end
$$;

-- seal_months
-- Out: how many months were sealed: those that have been over for a day. Nothing is added to them any more.
create function access_log.seal_months() returns integer language plpgsql security definer
  set search_path = pg_catalog, access_log, pg_temp as $$
declare
  over    timestamp := clock_timestamp() at time zone 'UTC' - interval '1 day';
  closing date;
  last    access_log.batch;
  said    record;
  sealed  integer := 0;
begin
  for closing in
    select distinct date_trunc('month', b.recorded_at at time zone 'UTC')::date from access_log.batch b
    where b.recorded_at < date_trunc('month', over) at time zone 'UTC' and b.recorded_at >= coalesce(
      (select (max(s.month) + interval '1 month') at time zone 'UTC' from access_log.seal s), '-infinity')
    order by 1
  loop
    perform from access_log.log for update;
    continue when exists (select from access_log.seal s where s.month = closing);
    select * into last from access_log.batch b where b.recorded_at < (closing + interval '1 month') at time zone 'UTC'
      order by b.recorded_at desc, b.number desc limit 1;
    said := access_log.record_keeping('UPDATE', 'sealMonth', 'hub.keeper', 'MONTH_OVER', 'MONTH:' || to_char(closing, 'YYYY-MM'));
    insert into access_log.seal (month, last_batch, last_position, hash, position, sealed_at)
    values (closing, last.number, last.last_position, last.hash, said.at_position, said.at_moment);
    sealed := sealed + 1;
  end loop;
  return sealed;
end
$$;
comment on function access_log.seal_months() is 'Seals the months that are over; to be called daily.';

-- destroy_subject_key
-- In: a key, a reason (a code), and by whom. Out: position of the entry that records it; what stands under the key cannot
-- be read any more. Error: LOG04, no living key under this id.
create function access_log.destroy_subject_key(key_id uuid, reason text, by_whom text) returns bigint language plpgsql as $$
declare
  said record;
begin
  perform from access_log.log for update;
  if not exists (select from access_log.subject_key where id = key_id and key is not null) then
    raise exception 'There is no living key under this id.' using errcode = 'LOG04';
  end if;
  said := access_log.record_keeping('DELETE', 'destroySubjectKey', by_whom, reason, 'SUBJECT_KEY:' || key_id);
  update access_log.subject_key set subject_type = null, subject_id = null, family_id = null, key = null,
    destroyed_at = said.at_moment, destroyed_position = said.at_position where id = key_id;
  return said.at_position;
end
$$;
comment on function access_log.destroy_subject_key(uuid, text, text) is 'Makes unreadable, for good, about whom the entries under a key are.';

-- remove_month
-- In: a sealed month, the months that a profile keeps after it, the name of the profile, and by whom. Out: position of the
-- entry that records it; the entries and lines are gone, with the keys that nothing stands under any more; batches,
-- checkpoints and seal stay. Errors: LOG05 not sealed, or removed before; LOG06 within its term, or a term under five years
-- (Staatscourant 2019, 38007).
create function access_log.remove_month(gone date, keep_months integer, profile text, by_whom text)
returns bigint language plpgsql as $$
declare
  said   record;
  parent text;
  child  text;
begin
  perform set_config('lock_timeout', '5s', true);
  perform from access_log.log for update;
  if not exists (select from access_log.seal where month = gone)
    or exists (select from access_log.removal where month = gone) then
    raise exception 'The month % is not sealed, or was removed before.', gone using errcode = 'LOG05';
  end if;
  if keep_months < 60 or (gone + make_interval(months => keep_months + 1)) at time zone 'UTC' > clock_timestamp() then
    raise exception 'The month % is still within its term.', gone using errcode = 'LOG06';
  end if;
  said := access_log.record_keeping('DELETE', 'removeMonth', by_whom, profile, 'MONTH:' || to_char(gone, 'YYYY-MM'));
  insert into access_log.removal (month, profile, position, removed_at) values (gone, profile, said.at_position, said.at_moment);
  foreach parent in array array['entry', 'processing'] loop
    child := parent || to_char(gone, '_YYYY_MM');
    execute format('alter table access_log.%I detach partition access_log.%I', parent, child);
    execute format('drop table access_log.%I', child);
  end loop;
  update access_log.subject_key k set subject_type = null, subject_id = null, family_id = null, key = null,
    destroyed_at = said.at_moment, destroyed_position = said.at_position
  where k.key is not null
    and not exists (select from access_log.entry e where e.subject_key = k.id)
    and not exists (select from access_log.processing p where p.subject_key = k.id);
  return said.at_position;
end
$$;
comment on function access_log.remove_month(date, integer, text, text) is 'Removes the entries of a sealed month after their term.';

-- The old rows, in their order and with their moments. What they are about has a key; sealed in the row it is not.
do $$
declare
  old access_log.entry_before;
  key uuid;
begin
  perform access_log.make_month(month) from (
    select distinct date_trunc('month', recorded_at at time zone 'UTC')::date as month from access_log.entry_before) as m;
  for old in select * from access_log.entry_before order by recorded_at, id loop
    key := null;
    if old.subject_type <> 'NONE' then
      select k.id into key from access_log.take_subject_keys(json_build_array(json_build_object(
        'subject_type', old.subject_type, 'subject_id', old.subject_id, 'family_id', old.family_id))) as k;
    end if;
    perform access_log.append_at(json_build_array(to_jsonb(old) || jsonb_build_object('subject_key', key,
      'relied_on', array[]::text[])), old.recorded_at);
  end loop;
end
$$;
drop table access_log.entry_before;
-- From here on every subject is sealed in its entry too.
alter table access_log.entry add constraint entry_subject_sealed
  check (subject_key is null or coalesce(length(subject), 0) > 28) not valid;
select access_log.ensure_partitions();

revoke all on all functions in schema access_log from public;
grant execute on function access_log.append(json), access_log.take_subject_keys(json), access_log.ensure_partitions(),
  access_log.seal_months() to :working_role;
