-- Cases that workers open in the hub, and checks whether a child is known elsewhere (check op bekendheid).
-- In: placeholder :working_role; 0001 to 0019 ran. Out: hub.case_opening, hub.known_here_check, hub.known_here_match; a
-- task can follow from a check. No BSN, no names; of who does not know a child nothing is kept.

create table hub.case_opening (
  id                uuid primary key,
  family_id         text not null references hub.family (id),
  person_id         text not null references hub.person (id),
  organisation      text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  case_reference    text not null,
  opened_by         text not null check (opened_by ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  opened_at         timestamptz not null default clock_timestamp(),
  earlier_reference text,
  earlier_began_on  date,
  earlier_ended_on  date,
  earlier_outcome   text,
  earlier_closed_on date,
  constraint case_opening_earlier_whole check (num_nulls(earlier_reference, earlier_began_on, earlier_ended_on) in (0, 3)),
  constraint case_opening_closed_whole check ((earlier_outcome is null) = (earlier_closed_on is null))
);
create index case_opening_by_family on hub.case_opening (family_id);
comment on table hub.case_opening is 'A case that a worker opened in the hub (zaak openen), and what it took the place of. Never changed.';
comment on column hub.case_opening.case_reference is 'The organisation''s own case number, as its own system gave it.';
comment on column hub.case_opening.earlier_reference is 'Of an involvement that had ended and runs again: its case number, first and last day.';
comment on column hub.case_opening.earlier_outcome is 'Of a family that was closed and is followed again: how it had ended, and when.';

create table hub.known_here_check (
  id           uuid primary key,
  family_id    text not null references hub.family (id),
  person_id    text not null references hub.person (id),
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  worker_id    text not null check (worker_id ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  reason       text not null check (reason ~ '^[A-Z][A-Z_]{1,39}$'),
  asked_at     timestamptz not null default clock_timestamp(),
  due_on       date not null
);
create index known_here_check_by_family on hub.known_here_check (family_id);
comment on table hub.known_here_check is 'That an organisation checked whether a child is known elsewhere (check op bekendheid), and why. Never changed.';
comment on column hub.known_here_check.organisation is 'Who checked.';
comment on column hub.known_here_check.reason is 'Why (code van de reden); the list: shared/kernel/known-here.ts.';
comment on column hub.known_here_check.due_on is 'Day by which who knows the child looks at it.';

create table hub.known_here_match (
  check_id       uuid not null references hub.known_here_check (id),
  organisation   text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  case_reference text,
  primary key (check_id, organisation)
);
comment on table hub.known_here_match is 'An organisation that knows the child (bekend). Who does not, or may not say, is not in it.';
comment on column hub.known_here_match.case_reference is 'That organisation''s own case number, which is shown to nobody else; null when its source gave none.';

alter table hub.task drop constraint task_cause_check;
alter table hub.task add constraint task_cause_check
  check (cause in ('ACCESS', 'EMERGENCY', 'DISCLOSURE', 'MEASURE', 'REFERRAL', 'KNOWN_HERE'));

grant select, insert on hub.case_opening, hub.known_here_check, hub.known_here_match to :working_role;
-- A case that had ended can run again; what was before stands in hub.case_opening.
grant update (case_reference, began_on) on hub.involvement to :working_role;
