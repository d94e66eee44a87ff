-- The clocks of referrals: what has to be done by when, and whom that was told.
-- In: placeholder :working_role. Out: tables in schema hub. Ids, codes and moments only.
-- A deadline cannot be told twice at one level, and what was promised does not change.

create table hub.referral_deadline (
  referral_id  uuid not null references hub.referral (id),
  kind         text not null check (kind in ('DELIVER', 'DECIDE', 'SUPPLEMENT', 'CONSULT', 'EXPECTED', 'START')),
  version      integer not null check (version > 0),
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  starts_at    timestamptz not null,
  warn_at      timestamptz not null,
  due_at       timestamptz not null,
  met_at       timestamptz,
  warned_at    timestamptz,
  escalated_at timestamptz,
  next_at      timestamptz,
  queued       integer not null default 0 check (queued >= 0),
  primary key (referral_id, kind, version),
  constraint referral_deadline_in_order check (starts_at <= warn_at and warn_at <= due_at),
  constraint referral_deadline_warned_in_time check (warned_at >= warn_at and warned_at < due_at),
  constraint referral_deadline_escalated_when_broken check (escalated_at >= due_at),
  constraint referral_deadline_rests_when_over check (
    next_at is null or (met_at is null and escalated_at is null)),
  constraint referral_deadline_runs_until_over check (
    next_at is not null or met_at is not null or escalated_at is not null)
);
create index referral_deadline_next on hub.referral_deadline (next_at) where next_at is not null;
comment on table hub.referral_deadline is 'What has to be done about a referral by when (termijn). Each row follows from the referral and its history: subgraphs/referrals/source/deadlines/derive.ts.';
comment on column hub.referral_deadline.kind is 'DELIVER bezorgen, DECIDE beslissen, SUPPLEMENT aanvullen, CONSULT overleg afronden, EXPECTED beginnen zoals verwacht (wachtrij), START beginnen na acceptatie.';
comment on column hub.referral_deadline.version is 'Version of the referral with which it began to run.';
comment on column hub.referral_deadline.organisation is 'Who has to do it.';
comment on column hub.referral_deadline.warn_at is 'From when it is warned about, by the clock of the database.';
comment on column hub.referral_deadline.due_at is 'Up to when it is kept (uiterlijk), by the clock of the database.';
comment on column hub.referral_deadline.met_at is 'When the step was taken, or was no longer needed; after due_at the norm was broken.';
comment on column hub.referral_deadline.warned_at is 'When was warned: once at most.';
comment on column hub.referral_deadline.escalated_at is 'When it was escalated to both organisations (opgeschaald): once at most.';
comment on column hub.referral_deadline.next_at is 'When the worker looks at it again; empty when nothing is left to tell.';
comment on column hub.referral_deadline.queued is 'How many times it was handed to the queue; each under a name of its own.';

create table hub.family_clock (
  family_id    text not null references hub.family (id),
  round        integer not null check (round > 0),
  warned_at    timestamptz,
  escalated_at timestamptz,
  primary key (family_id, round),
  constraint family_clock_tells check (num_nonnulls(warned_at, escalated_at) > 0)
);
comment on table hub.family_clock is 'That all waiting of a family together came near the norm, or over it (wachttijd van het gezin). The sum itself is never stored: subgraphs/referrals/source/family-waiting.ts.';
comment on column hub.family_clock.round is 'How many times the norm: 1 for the first, 2 when the family waited twice as long.';

-- keep_what_was_told
-- In: an UPDATE of a deadline or a family's clock. Out: the row as it is.
-- Error 23514 when something that was told, or met, is changed or told again.
create function hub.keep_what_was_told() returns trigger language plpgsql as $$
begin
  if (old.warned_at is not null and new.warned_at is distinct from old.warned_at)
    or (old.escalated_at is not null and new.escalated_at is distinct from old.escalated_at)
  then
    raise exception 'What was told is not told again.' using errcode = '23514';
  end if;
  return new;
end
$$;
create trigger referral_deadline_is_told_once before update on hub.referral_deadline
  for each row execute function hub.keep_what_was_told();
create trigger family_clock_is_told_once before update on hub.family_clock
  for each row execute function hub.keep_what_was_told();

-- A task can follow from a referral: that a term ends or is over.
alter table hub.task drop constraint task_cause_check;
alter table hub.task add constraint task_cause_check
  check (cause in ('ACCESS', 'EMERGENCY', 'DISCLOSURE', 'MEASURE', 'REFERRAL'));
create index task_open_of_referral on hub.task (cause_id) where cause = 'REFERRAL' and state = 'OPEN';

grant select, insert on hub.referral_deadline, hub.family_clock to :working_role;
grant update (met_at, warned_at, escalated_at, next_at, queued) on hub.referral_deadline to :working_role;
grant update (warned_at, escalated_at) on hub.family_clock to :working_role;
