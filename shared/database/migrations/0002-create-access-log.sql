-- The access log: one entry per subject and source, written before the answer leaves. Append-only.
-- In: placeholder :working_role. Out: schema access_log. Mapping to NEN 7513 and FHIR AuditEvent: docs/access-log.md.

create schema access_log;
comment on schema access_log is 'Who saw or changed what, why, and by which rule (toegangslog, NEN 7513).';
grant usage on schema access_log to :working_role;

create table access_log.entry (
  id                   uuid primary key,
  recorded_at          timestamptz not null default clock_timestamp(),
  trace_id             text not null check (trace_id ~ '^[0-9a-f]{32}$'),
  act                  text not null check (act in ('READ', 'SEARCH', 'CREATE', 'UPDATE', 'OVERSIGHT')),
  outcome              text not null check (outcome in ('DELIVERED', 'PARTIAL', 'WITHHELD', 'UNAVAILABLE', 'REFUSED', 'FAILED')),
  operation            text not null check (operation <> ''),
  worker               text check (worker <> ''),
  organisation         text check (organisation <> ''),
  worker_function      text check (worker_function in (
    'WORKER', 'ASSESSOR', 'ADVISOR', 'GUARDIAN', 'VOLUNTARY_WORKER', 'INVESTIGATOR', 'REVIEWER', 'PRIVACY_OFFICER', 'OPERATOR')),
  purpose              text check (purpose in (
    'CARE', 'CONSULT', 'SAFETY_ASSESSMENT', 'INVESTIGATION', 'INDEPENDENT_REVIEW', 'MEASURE_EXECUTION', 'REFERRAL',
    'ACUTE_SAFETY', 'SUBJECT_RIGHTS', 'OVERSIGHT')),
  subject_type         text not null check (subject_type in ('FAMILY', 'PERSON', 'NONE')),
  subject_id           text check (length(subject_id) between 1 and 100),
  family_id            text check (length(family_id) between 1 and 100),
  source               text,
  categories_delivered text[] not null check (categories_delivered <@ array[
    'IDENTITY', 'HOUSEHOLD', 'INVOLVEMENT', 'CARE_PLAN', 'SAFETY', 'CONCERN_REPORT', 'REPORTER', 'CHILD_HEALTH',
    'PARENT_HEALTH', 'CRIMINAL', 'EDUCATION', 'LIVING_SITUATION', 'MEASURE', 'INVESTIGATION_REPORT', 'SECRET_ADDRESS']),
  categories_withheld  text[] not null check (categories_withheld <@ array[
    'IDENTITY', 'HOUSEHOLD', 'INVOLVEMENT', 'CARE_PLAN', 'SAFETY', 'CONCERN_REPORT', 'REPORTER', 'CHILD_HEALTH',
    'PARENT_HEALTH', 'CRIMINAL', 'EDUCATION', 'LIVING_SITUATION', 'MEASURE', 'INVESTIGATION_REPORT', 'SECRET_ADDRESS']),
  rules                text[] not null,
  policy_set           text,
  error_code           text,
  origin               text,
  constraint entry_subject_whole check ((subject_type = 'NONE') = (subject_id is null)),
  constraint entry_requester_whole check (
    num_nulls(worker, organisation, worker_function) = 0
    or (num_nulls(worker, organisation, worker_function) = 3 and outcome = 'REFUSED')),
  constraint entry_delivered_for_a_purpose check (cardinality(categories_delivered) = 0 or purpose is not null),
  constraint entry_undelivered_is_empty check (
    outcome in ('DELIVERED', 'PARTIAL') or cardinality(categories_delivered) = 0)
);
create index entry_by_family on access_log.entry (family_id, recorded_at);
create index entry_by_worker on access_log.entry (worker, recorded_at);
create index entry_by_organisation on access_log.entry (organisation, recorded_at);
create index entry_by_source on access_log.entry (source, recorded_at);

comment on table access_log.entry is 'One access to, or attempt on, one subject at one source. Holds pseudonyms and codes, never content.';
comment on column access_log.entry.id is 'NEN 7513 EventID of this line (UUID version 7).';
comment on column access_log.entry.recorded_at is 'NEN 7513 EventDateTime, by the clock of the database (tijdstip).';
comment on column access_log.entry.trace_id is 'W3C trace id of the request; the link to Logboek Dataverwerkingen.';
comment on column access_log.entry.act is 'NEN 7513 EventActionCode (handeling).';
comment on column access_log.entry.outcome is 'NEN 7513 EventOutcomeIndicator (uitkomst).';
comment on column access_log.entry.operation is 'NEN 7513 EventTypeCode: the root field, or "family view".';
comment on column access_log.entry.worker is 'NEN 7513 UserID (medewerker), as the employer''s issuer names them; null only for a refused attempt by someone who could not be identified.';
comment on column access_log.entry.organisation is 'NEN 7513 AuditEnterpriseSiteID: the employer, on whose responsibility (organisatie).';
comment on column access_log.entry.worker_function is 'NEN 7513 RoleIDCode (functie).';
comment on column access_log.entry.purpose is 'NEN 7513 PurposeOfUse (doel); null when none was stated, which is refused.';
comment on column access_log.entry.subject_type is 'NEN 7513 ParticipantObjectTypeCode: FAMILY gezin, PERSON betrokkene, NONE when no subject was involved.';
comment on column access_log.entry.subject_id is 'NEN 7513 ParticipantObjectID: the pseudonym in the hub, or the id that was asked for.';
comment on column access_log.entry.family_id is 'Family that the subject belongs to (gezin); null when there is none under the id asked.';
comment on column access_log.entry.source is 'NEN 7513 AuditSourceID: the subgraph that was, or would have been, asked (bron).';
comment on column access_log.entry.categories_delivered is 'NEN 7513 ParticipantObjectDetail: kinds of information that left (geleverd).';
comment on column access_log.entry.categories_withheld is 'Kinds of information that were asked for and withheld (onthouden).';
comment on column access_log.entry.rules is 'NEN 7513 authorisation protocol: ids of the policies that permitted or withheld (autorisatieprotocol).';
comment on column access_log.entry.policy_set is 'NEN 7513 ParticipantObjectPolicySet: version of the rules.';
comment on column access_log.entry.error_code is 'Code that the requester was shown, when it was refused or failed.';
comment on column access_log.entry.origin is 'NEN 7513 NetworkAccessPointID: address that the request came from (werkplek).';

-- refuse_change
-- In: any UPDATE, DELETE or TRUNCATE on a table that carries the trigger, by whomever, the owner included.
-- Out: never returns. Error: 55000 (object not in prerequisite state).
create function access_log.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'The access log is append-only: % is refused.', tg_op using errcode = '55000';
end
$$;
comment on function access_log.refuse_change() is 'Refuses every change of what was written.';

create trigger entry_is_append_only before update or delete or truncate on access_log.entry
  for each statement execute function access_log.refuse_change();
-- Always: also when a session calls itself a replica.
alter table access_log.entry enable always trigger entry_is_append_only;

-- Insert by column: the moment is the database's to say, not the writer's.
revoke all on access_log.entry from public;
grant select on access_log.entry to :working_role;
grant insert (id, trace_id, act, outcome, operation, worker, organisation, worker_function, purpose, subject_type,
  subject_id, family_id, source, categories_delivered, categories_withheld, rules, policy_set, error_code, origin)
  on access_log.entry to :working_role;
