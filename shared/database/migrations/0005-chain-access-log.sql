-- The access log, whole and provable: two linked records by month, chained batches, a key per subject, checkpoints.
-- In: placeholder :working_role; the rows of the log as it was. Out: those rows moved to the new tables by 0007.
-- What is hashed and how: docs/access-log-format.md. Functions that write: 0006 and 0007.

alter table access_log.entry rename to entry_before;
alter index access_log.entry_pkey rename to entry_before_pkey;
drop index access_log.entry_by_family, access_log.entry_by_worker, access_log.entry_by_organisation,
  access_log.entry_by_source, access_log.entry_by_reader;

create table access_log.log (
  id       uuid primary key,
  only_one boolean not null default true unique check (only_one)
);
insert into access_log.log (id) values (gen_random_uuid());
comment on table access_log.log is 'The log itself: one row, made once. Its lock is the order of the log: who appends holds it until the commit.';

create table access_log.subject_key (
  id                 uuid primary key,
  subject_type       text check (subject_type in ('FAMILY', 'PERSON')),
  subject_id         text check (length(subject_id) between 1 and 100),
  family_id          text check (length(family_id) between 1 and 100),
  key                bytea check (length(key) = 32),
  destroyed_at       timestamptz,
  destroyed_position bigint,
  constraint subject_key_whole check (
    num_nulls(subject_type, subject_id, key) in (0, 3) and (family_id is null or key is not null)),
  constraint subject_key_destroyed_whole check (
    num_nulls(destroyed_at, destroyed_position) = case when key is null then 0 else 2 end)
);
create unique index subject_key_by_subject on access_log.subject_key (subject_type, subject_id, (coalesce(family_id, '')))
  where key is not null;
create index subject_key_by_family on access_log.subject_key (family_id);
comment on table access_log.subject_key is 'The key under which a subject stands in the log, one per subject and family. Destroying it makes the entries unreadable; they stay, and the chain with them.';
comment on column access_log.subject_key.id is 'Follows from the key and the subject, so that neither can be changed unseen (docs/access-log-format.md).';
comment on column access_log.subject_key.subject_id is 'Pseudonym in the hub, or the id that was asked for; empty once destroyed.';
comment on column access_log.subject_key.family_id is 'Family that the subject was looked at as part of; null when nobody has such an id.';
comment on column access_log.subject_key.key is 'AES-256; empty once destroyed.';
comment on column access_log.subject_key.destroyed_position is 'Entry that records it.';

create table access_log.batch (
  number         bigint primary key check (number > 0),
  first_position bigint not null unique,
  last_position  bigint not null unique check (last_position >= first_position),
  recorded_at    timestamptz not null,
  root           bytea not null check (length(root) = 32),
  previous       bytea not null check (length(previous) = 32),
  hash           bytea not null check (length(hash) = 32)
);
create index batch_by_moment on access_log.batch (recorded_at, number);
comment on table access_log.batch is 'One commit of the log: its entries under one Merkle root (RFC 6962), chained to the batch before.';
comment on column access_log.batch.recorded_at is 'Moment of the batch and of all its entries, by the clock of the database; never before that of the batch before.';
comment on column access_log.batch.root is 'Merkle root over the entries, each with its processing lines.';
comment on column access_log.batch.previous is 'Hash of the batch before; of the first, the hash of the id of the log.';

create table access_log.entry (
  position             bigint not null check (position > 0),
  batch                bigint not null,
  id                   uuid not null,
  recorded_at          timestamptz not null,
  trace_id             text not null check (length(trace_id) = 32 and trace_id !~ '[^0-9a-f]'),
  act                  text not null check (act in (
    'READ', 'SEARCH', 'CREATE', 'UPDATE', 'DELETE', 'EXPORT', 'CONFIGURE', 'OVERSIGHT')),
  outcome              text not null check (outcome in ('DELIVERED', 'PARTIAL', 'WITHHELD', 'UNAVAILABLE', 'REFUSED', 'FAILED')),
  operation            text not null check (operation <> ''),
  worker               text check (worker <> ''),
  organisation         text check (organisation <> ''),
  team                 text check (team ~ '^[a-z][a-z0-9-]{0,39}$'),
  worker_function      text check (worker_function in (
    'WORKER', 'ASSESSOR', 'ADVISOR', 'GUARDIAN', 'VOLUNTARY_WORKER', 'PROBATION_OFFICER', 'DUO_MEMBER', 'INVESTIGATOR',
    'REVIEWER', 'PRIVACY_OFFICER', 'OPERATOR', 'YOUNG_PERSON', 'PARENT', 'PROCESS_LEAD', 'POLICY_STAFF', 'OFFICIAL')),
  purpose              text check (purpose in (
    'CARE', 'CONSULT', 'SAFETY_ASSESSMENT', 'INVESTIGATION', 'INDEPENDENT_REVIEW', 'MEASURE_EXECUTION', 'REFERRAL',
    'ACUTE_SAFETY', 'SUBJECT_RIGHTS', 'OVERSIGHT')),
  subject_type         text not null check (subject_type in ('FAMILY', 'PERSON', 'NONE')),
  subject_key          uuid,
  subject              bytea,
  source               text,
  categories_delivered text[] not null check (categories_delivered <@ array[
    'IDENTITY', 'HOUSEHOLD', 'INVOLVEMENT', 'CARE_PLAN', 'SAFETY', 'CONCERN_REPORT', 'REPORTER', 'CHILD_HEALTH',
    'PARENT_HEALTH', 'CRIMINAL', 'EDUCATION', 'LIVING_SITUATION', 'MEASURE', 'INVESTIGATION_REPORT', 'SECRET_ADDRESS']),
  categories_withheld  text[] not null check (categories_withheld <@ array[
    'IDENTITY', 'HOUSEHOLD', 'INVOLVEMENT', 'CARE_PLAN', 'SAFETY', 'CONCERN_REPORT', 'REPORTER', 'CHILD_HEALTH',
    'PARENT_HEALTH', 'CRIMINAL', 'EDUCATION', 'LIVING_SITUATION', 'MEASURE', 'INVESTIGATION_REPORT', 'SECRET_ADDRESS']),
  rules                text[] not null check (array_to_string(rules, ',', '!') !~ '[^A-Za-z0-9._,-]'),
  policy_set           text,
  relied_on            text[] not null check (array_to_string(relied_on, ',', '!') !~ '[^A-Za-z0-9._:,-]'),
  error_code           text,
  origin               text,
  hash                 bytea not null check (length(hash) = 32),
  primary key (position, recorded_at),
  constraint entry_subject_whole check ((subject_type = 'NONE') = (subject_key is null) and (subject is null or subject_key is not null)),
  constraint entry_requester_whole check (
    num_nulls(worker, organisation, worker_function) = 0
    or (num_nulls(worker, organisation, worker_function) = 3 and outcome = 'REFUSED')),
  constraint entry_delivered_for_a_purpose check (cardinality(categories_delivered) = 0 or purpose is not null),
  constraint entry_undelivered_is_empty check (
    outcome in ('DELIVERED', 'PARTIAL') or cardinality(categories_delivered) = 0)
) partition by range (recorded_at);
create index entry_by_id on access_log.entry (id);
create index entry_by_subject on access_log.entry (subject_key, recorded_at);
create index entry_by_worker on access_log.entry (worker, recorded_at);
create index entry_by_organisation on access_log.entry (organisation, recorded_at);
create index entry_by_source on access_log.entry (source, recorded_at);

comment on table access_log.entry is 'One access to, or attempt on, one subject at one source. Holds codes and sealed pseudonyms, never content. By month.';
comment on column access_log.entry.position is 'Place in the log: 1, 2, 3 and so on, without gaps.';
comment on column access_log.entry.batch is 'Commit that it came with.';
comment on column access_log.entry.id is 'NEN 7513 EventID of this line (UUID).';
comment on column access_log.entry.recorded_at is 'NEN 7513 EventDateTime, by the clock of the database (tijdstip).';
comment on column access_log.entry.trace_id is 'W3C trace id of the request; the link to access_log.processing.';
comment on column access_log.entry.act is 'NEN 7513 EventActionCode (handeling).';
comment on column access_log.entry.outcome is 'NEN 7513 EventOutcomeIndicator (uitkomst).';
comment on column access_log.entry.operation is 'NEN 7513 EventTypeCode: the root field, or "view".';
comment on column access_log.entry.worker is 'NEN 7513 UserID (medewerker), as the employer''s issuer names them; null only for a refused attempt by someone who could not be identified.';
comment on column access_log.entry.organisation is 'NEN 7513 AuditEnterpriseSiteID: the employer, on whose responsibility (organisatie).';
comment on column access_log.entry.team is 'Team through which the worker has to do with the family (team).';
comment on column access_log.entry.worker_function is 'NEN 7513 RoleIDCode (functie).';
comment on column access_log.entry.purpose is 'NEN 7513 PurposeOfUse (doel); null when none was stated, which is refused.';
comment on column access_log.entry.subject_type is 'NEN 7513 ParticipantObjectTypeCode: FAMILY gezin, PERSON betrokkene, NONE when no subject was involved.';
comment on column access_log.entry.subject_key is 'NEN 7513 ParticipantObjectID, by way of access_log.subject_key.';
comment on column access_log.entry.subject is 'The subject, sealed under its key (AES-256-GCM: iv, tag, ciphertext); null in entries that are older than the keys.';
comment on column access_log.entry.source is 'NEN 7513 AuditSourceID: the subgraph that was, or would have been, asked (bron).';
comment on column access_log.entry.categories_delivered is 'NEN 7513 ParticipantObjectDetail: kinds of information that left (geleverd).';
comment on column access_log.entry.categories_withheld is 'Kinds of information that were asked for and withheld (onthouden).';
comment on column access_log.entry.rules is 'NEN 7513 authorisation protocol: ids of the policies that permitted or withheld (autorisatieprotocol).';
comment on column access_log.entry.policy_set is 'NEN 7513 ParticipantObjectPolicySet: version of the rules.';
comment on column access_log.entry.relied_on is 'NEN 7513 consent profile and the like: what was relied on, KIND:id, such as CONSENT:<id> (toestemmingsprofiel).';
comment on column access_log.entry.error_code is 'Code that the requester was shown, when it was refused or failed.';
comment on column access_log.entry.origin is 'NEN 7513 NetworkAccessPointID: address that the request came from (werkplek).';
comment on column access_log.entry.hash is 'Leaf of the Merkle tree of the batch: over this entry and its processing lines.';

create table access_log.processing (
  position               bigint not null,
  line                   integer not null check (line > 0),
  recorded_at            timestamptz not null,
  trace_id               text not null check (length(trace_id) = 32 and trace_id !~ '[^0-9a-f]'),
  span_id                text not null check (length(span_id) = 16 and span_id !~ '[^0-9a-f]'),
  parent_span_id         text check (length(parent_span_id) = 16 and parent_span_id !~ '[^0-9a-f]'),
  name                   text not null check (name <> ''),
  start_time             bigint not null,
  end_time               bigint not null check (end_time >= start_time),
  status_code            smallint not null check (status_code in (0, 1, 2)),
  processing_activity_id text not null check (processing_activity_id <> ''),
  subject_type           text not null check (subject_type in ('FAMILY', 'PERSON', 'NONE')),
  subject_key            uuid,
  resource               text not null check (resource <> ''),
  primary key (position, line, recorded_at),
  constraint processing_subject_whole check ((subject_type = 'NONE') = (subject_key is null))
) partition by range (recorded_at);
create index processing_by_subject on access_log.processing (subject_key, recorded_at);
create index processing_by_trace on access_log.processing (trace_id);

comment on table access_log.processing is 'Logboek Dataverwerkingen: one line per data subject of a processing, without the user. By month.';
comment on column access_log.processing.position is 'Entry that the line was written with; the two are hashed together.';
comment on column access_log.processing.line is 'Place among the lines of that entry.';
comment on column access_log.processing.trace_id is 'trace_id; the link to access_log.entry.';
comment on column access_log.processing.span_id is 'span_id, one per line.';
comment on column access_log.processing.parent_span_id is 'parent_span_id; of the line of the request itself, the span of the caller.';
comment on column access_log.processing.name is 'name, for people.';
comment on column access_log.processing.start_time is 'start_time, milliseconds since 1970.';
comment on column access_log.processing.end_time is 'end_time, milliseconds since 1970.';
comment on column access_log.processing.status_code is 'status_code: 0 unset (done, nothing was given), 1 ok, 2 error.';
comment on column access_log.processing.processing_activity_id is 'dpl.core.processing_activity_id: activity and its version (shared/access-log/processing-activities.ts).';
comment on column access_log.processing.subject_type is 'dpl.core.data_subject_id_type: PERSON betrokkene, FAMILY where the members are not known, NONE for the request itself.';
comment on column access_log.processing.subject_key is 'dpl.core.data_subject_id, by way of access_log.subject_key.';
comment on column access_log.processing.resource is 'resource: the part of the hub or the organisation where it was done.';

create table access_log.checkpoint (
  batch         bigint primary key references access_log.batch (number),
  last_position bigint not null,
  hash          bytea not null check (length(hash) = 32),
  made_at       timestamptz not null,
  key_id        text not null check (key_id <> ''),
  signature     bytea not null check (length(signature) = 64)
);
comment on table access_log.checkpoint is 'A signed statement that the log was so long and had this hash (ijkpunt).';

create table access_log.countersignature (
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  batch        bigint not null references access_log.checkpoint (batch),
  received_at  timestamptz not null,
  key_id       text not null check (key_id <> ''),
  signature    bytea not null check (length(signature) = 64),
  primary key (organisation, batch)
);
comment on table access_log.countersignature is 'An organisation''s signature that it keeps a copy of a checkpoint (medeondertekening).';
comment on column access_log.countersignature.received_at is 'By the clock of the organisation.';

create table access_log.seal (
  month         date primary key check (extract(day from month) = 1),
  last_batch    bigint not null references access_log.batch (number),
  last_position bigint not null,
  hash          bytea not null check (length(hash) = 32),
  position      bigint not null,
  sealed_at     timestamptz not null
);
comment on table access_log.seal is 'A month to which nothing is added any more (verzegeling), with the last batch up to its end.';
comment on column access_log.seal.position is 'Entry that records it.';

create table access_log.removal (
  month      date primary key references access_log.seal (month),
  profile    text not null check (profile ~ '^[a-z][a-z-]{1,39}$'),
  position   bigint not null,
  removed_at timestamptz not null
);
comment on table access_log.removal is 'A sealed month of which the entries were removed after their term (verwijdering); its batches and checkpoints stay.';
comment on column access_log.removal.position is 'Entry that records it.';

create function access_log.refuse_key_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.key is not null and new.key is null and new.id = old.id then
    return new;
  end if;
  raise exception 'A key of the access log is only ever destroyed: % is refused.', tg_op using errcode = '55000';
end
$$;
comment on function access_log.refuse_key_change() is 'Lets a key be emptied once, and refuses every other change.';
create trigger subject_key_is_only_destroyed before update or delete on access_log.subject_key
  for each row execute function access_log.refuse_key_change();
create trigger subject_key_is_not_emptied before truncate on access_log.subject_key
  for each statement execute function access_log.refuse_change();
alter table access_log.subject_key enable always trigger subject_key_is_only_destroyed;
alter table access_log.subject_key enable always trigger subject_key_is_not_emptied;

do $$
declare
  name text;
begin
  foreach name in array array['log', 'batch', 'entry', 'processing', 'checkpoint', 'countersignature', 'seal', 'removal'] loop
    execute format('create trigger %I before update or delete or truncate on access_log.%I
      for each statement execute function access_log.refuse_change()', name || '_is_append_only', name);
    execute format('alter table access_log.%I enable always trigger %I', name, name || '_is_append_only');
  end loop;
end
$$;

revoke all on all tables in schema access_log from public, :working_role;
grant select on all tables in schema access_log to :working_role;
-- Signed by keys that the database does not have: what is added falsely is found, and nothing can be changed.
grant insert on access_log.checkpoint, access_log.countersignature to :working_role;
