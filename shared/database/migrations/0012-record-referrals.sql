-- What goes with a referral (a selection of live categories), and the proof that who tests a report of the board was
-- never involved before.
-- In: placeholder :working_role. Out: two tables in schema hub, one function in schema access_log. Codes, ids and dates only.

-- What was sent before there was a selection opens what its route opens; every other opens what was selected for it.
alter table hub.referral add column content text not null default 'ROUTE' check (content in ('ROUTE', 'SELECTION'));
alter table hub.referral alter column content set default 'SELECTION';
comment on column hub.referral.content is 'SELECTION: opens what referral_content says, and nothing without a row there; ROUTE: sent before there was a selection, opens what the decision table opens for its kind.';

create table hub.referral_content (
  referral_id uuid not null references hub.referral (id),
  person_id   text not null references hub.person (id),
  category    text not null check (category in (
    'IDENTITY', 'HOUSEHOLD', 'INVOLVEMENT', 'CARE_PLAN', 'SAFETY', 'CONCERN_REPORT', 'CHILD_HEALTH', 'PARENT_HEALTH',
    'CRIMINAL', 'EDUCATION', 'LIVING_SITUATION', 'MEASURE', 'INVESTIGATION_REPORT')),
  primary key (referral_id, person_id, category)
);
comment on table hub.referral_content is 'What the receiver may read at the sender, live, per person: a selection of categories, never a copy. The reporter and a secret address cannot be selected.';

-- guard_referral_content
-- In: a row for the content of a referral. Out: that row. Error 23514 when the referral was sent in an earlier transaction:
-- what goes along is fixed when it is sent. (Its history is written after its content.)
create function hub.guard_referral_content() returns trigger language plpgsql as $$
begin
  if exists (select from hub.referral_event e where e.referral_id = new.referral_id and e.at < transaction_timestamp())
  then
    raise exception 'What goes with a referral is chosen when it is sent.' using errcode = '23514';
  end if;
  return new;
end
$$;
create trigger referral_content_is_chosen_once before insert on hub.referral_content
  for each row execute function hub.guard_referral_content();
create trigger referral_content_is_append_only before update or delete or truncate on hub.referral_content
  for each statement execute function hub.refuse_history_change();
alter table hub.referral_content enable always trigger referral_content_is_append_only;

-- take_content_along
-- In: a referral that other children went on in. Out: it has the content of the one that it was split from.
create function hub.take_content_along() returns trigger language plpgsql as $$
begin
  insert into hub.referral_content (referral_id, person_id, category)
  select new.id, c.person_id, c.category from hub.referral_content c where c.referral_id = new.split_from;
  return null;
end
$$;
create trigger referral_split_takes_content after insert on hub.referral
  for each row when (new.split_from is not null) execute function hub.take_content_along();

-- referral_origin
-- In: a referral. Out: the one that was sent: itself, or that which it was split from, however often.
create function hub.referral_origin(referral uuid) returns uuid language sql stable
return (with recursive line as (
    select r.id, r.split_from from hub.referral r where r.id = referral
    union all select p.id, p.split_from from line l join hub.referral p on p.id = l.split_from)
  select line.id from line where line.split_from is null);

create table hub.independence_certificate (
  investigation_id uuid primary key references hub.investigation (id),
  worker           text not null check (worker ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  organisation     text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  looked_at        text[] not null check (cardinality(looked_at) > 0),
  log_position     bigint not null check (log_position >= 0),
  rule             text not null check (rule ~ '^[a-z0-9][a-z0-9.-]{2,79}$'),
  checked_at       timestamptz not null default clock_timestamp()
);
comment on table hub.independence_certificate is 'That who opened an independent review (toetsing) was never involved with the family before (verklaring van niet-betrokkenheid).';
comment on column hub.independence_certificate.worker is 'The reviewer (toetser).';
comment on column hub.independence_certificate.looked_at is 'Kinds of earlier involvement that were looked for, and not found.';
comment on column hub.independence_certificate.log_position is 'Last entry of the access log at that moment: up to and with this one the worker had read nothing of the family in another function.';
comment on column hub.independence_certificate.rule is 'Rule by which it was required.';
comment on column hub.independence_certificate.checked_at is 'When it was looked for, by the clock of the database.';

alter table hub.investigation add column opened_by text check (opened_by ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$');
comment on column hub.investigation.opened_by is 'Worker of that organisation who opened it; empty for those of before this was kept.';

-- refuse_certificate_change
-- In: any UPDATE, DELETE or TRUNCATE of a certificate, by whomever. Out: never returns. Error 55000.
create function hub.refuse_certificate_change() returns trigger language plpgsql as $$
begin
  raise exception 'A certificate of non-involvement stays as it is: % is refused.', tg_op using errcode = '55000';
end
$$;
create trigger independence_certificate_stays before update or delete or truncate on hub.independence_certificate
  for each statement execute function hub.refuse_certificate_change();
alter table hub.independence_certificate enable always trigger independence_certificate_stays;

-- earlier_reading
-- In: a worker of an organisation, and a family. Out: one row: the last position of the log; since when the worker was
-- given something about the family in another function than reviewer, and since when for advice; null where never.
-- Nobody appends to the log from here to the end of the transaction, so that what is concluded from it holds then too.
create function access_log.earlier_reading(for_organisation text, for_worker text, for_family text)
returns table (log_position bigint, read_since timestamptz, consulted_since timestamptz)
language plpgsql security definer set search_path = pg_catalog, access_log, pg_temp as $$
begin
  perform from access_log.log for share;
  return query
    select coalesce((select max(b.last_position) from access_log.batch b), 0),
      min(e.recorded_at), min(e.recorded_at) filter (where e.purpose = 'CONSULT')
    from access_log.subject_key k join access_log.entry e on e.subject_key = k.id
    where k.family_id = for_family and e.organisation = for_organisation and e.worker = for_worker
      and e.worker_function <> 'REVIEWER' and e.outcome in ('DELIVERED', 'PARTIAL');
end
$$;
comment on function access_log.earlier_reading(text, text, text) is 'Whether one worker was given something about one family before; no other question, and no entry.';
revoke all on function access_log.earlier_reading(text, text, text) from public;
revoke all on function hub.guard_referral_content(), hub.take_content_along(), hub.refuse_certificate_change(),
  hub.referral_origin(uuid) from public;

grant execute on function access_log.earlier_reading(text, text, text), hub.referral_origin(uuid) to :working_role;
grant select, insert on hub.referral_content, hub.independence_certificate to :working_role;
