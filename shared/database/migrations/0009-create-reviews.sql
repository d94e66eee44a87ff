-- Signals about accesses, and their review by the privacy officer: what stands out, a sample, complaints, and mandates to
-- look at one worker. In: placeholder :working_role. Out: tables in schema access_log. Of the family nothing but entries of
-- the log and keys of subjects: what was made unreadable there is unreadable here. A text is a worker's or an officer's own.

create table access_log.review (
  id              uuid primary key,
  organisation    text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  origin          text not null check (origin in ('SIGNAL', 'SAMPLE', 'COMPLAINT')),
  cause           text not null check (length(cause) between 1 and 300),
  worker          text check (worker ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  worker_function text,
  employer        text check (employer ~ '^[a-z][a-z0-9-]{0,39}$'),
  happened_on     date not null,
  ground          text check (ground in ('NOT_INVOLVED', 'MORE_THAN_NEEDED', 'KNOWS_US', 'OTHER')),
  complainant     uuid references access_log.subject_key (id),
  purpose         text check (purpose in (
    'CARE', 'CONSULT', 'SAFETY_ASSESSMENT', 'INVESTIGATION', 'INDEPENDENT_REVIEW', 'MEASURE_EXECUTION', 'REFERRAL',
    'ACUTE_SAFETY', 'SUBJECT_RIGHTS', 'OVERSIGHT')),
  opened_at       timestamptz not null default clock_timestamp(),
  due_on          date not null,
  state           text not null default 'OPEN' check (state in ('OPEN', 'ASKED', 'ANSWERED', 'SIGNED_OFF')),
  outcome         text check (outcome in ('IN_ORDER', 'NOT_IN_ORDER', 'NEEDS_FOLLOW_UP')),
  signed_off_at   timestamptz check (signed_off_at >= opened_at),
  signed_off_by   text,
  unique (organisation, origin, cause),
  constraint review_worker_whole check (num_nulls(worker, worker_function, employer) in (0, 3)),
  constraint review_complaint_whole check (
    num_nulls(ground, complainant, purpose) = case origin when 'COMPLAINT' then 0 else 3 end),
  constraint review_signed_off_whole check (
    num_nulls(outcome, signed_off_at, signed_off_by) = case state when 'SIGNED_OFF' then 0 else 3 end),
  constraint review_signed_off_by_another check (signed_off_by <> worker or employer <> organisation)
);
create index review_open on access_log.review (organisation, due_on, id) where state <> 'SIGNED_OFF';
create index review_of_worker on access_log.review (worker, state) where worker is not null;
comment on table access_log.review is 'Accesses that the privacy officer of an organisation looks at and signs off (beoordeling), within a term.';
comment on column access_log.review.organisation is 'Whose privacy officer reviews: the employer of the worker, or the source that should know.';
comment on column access_log.review.origin is 'Why: SIGNAL signaal, SAMPLE steekproef, COMPLAINT klacht of vraag van de familie.';
comment on column access_log.review.cause is 'What it was opened for; one review per cause.';
comment on column access_log.review.worker is 'Whose accesses (medewerker); null where that is not one person.';
comment on column access_log.review.employer is 'Who employs the worker: another organisation where the source reviews what it gave.';
comment on column access_log.review.happened_on is 'Day of the accesses, in the Netherlands.';
comment on column access_log.review.ground is 'Of a complaint: NOT_INVOLVED niet betrokken, MORE_THAN_NEEDED meer dan nodig, KNOWS_US kent ons, OTHER anders.';
comment on column access_log.review.complainant is 'Of a complaint: who complains, by the key of the subject.';
comment on column access_log.review.purpose is 'Of a complaint: for which purpose was looked, as the report said.';
comment on column access_log.review.due_on is 'Last day of the term (termijn).';
comment on column access_log.review.state is 'OPEN te beoordelen, ASKED toelichting gevraagd, ANSWERED toegelicht, SIGNED_OFF afgetekend.';
comment on column access_log.review.outcome is 'IN_ORDER in orde, NOT_IN_ORDER niet in orde, NEEDS_FOLLOW_UP vervolg nodig.';

create table access_log.review_event (
  review_id    uuid not null references access_log.review (id),
  version      integer not null check (version > 0),
  action       text not null check (action in ('OPENED', 'SIGNAL_ADDED', 'JUSTIFICATION_ASKED', 'JUSTIFIED', 'SIGNED_OFF')),
  worker       text not null check (worker <> ''),
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  words        text check (length(words) between 20 and 500),
  at           timestamptz not null default clock_timestamp(),
  primary key (review_id, version),
  constraint review_event_has_words check (action = 'JUSTIFICATION_ASKED' or (words is not null) = (action in ('JUSTIFIED', 'SIGNED_OFF')))
);
comment on table access_log.review_event is 'History of a review (geschiedenis): each step once, never changed.';
comment on column access_log.review_event.worker is 'Who did it; hub.keeper for the hub itself.';
comment on column access_log.review_event.words is 'The question, the justification (toelichting) or the reason of the outcome; seen by the officer, and the first two by the worker.';

create table access_log.signal (
  id              uuid primary key,
  review_id       uuid not null references access_log.review (id),
  organisation    text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  kind            text not null check (kind in ('NO_ACTIVE_RELATION', 'OUTSIDE_WORKING_HOURS', 'OWN_FAMILY', 'VOLUME',
    'EMERGENCY', 'REFUSED_AND_ASKED_AGAIN', 'RECONCILIATION_DIFFERENCE')),
  cause           text not null check (length(cause) between 1 and 300),
  worker          text check (worker ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  happened_on     date not null,
  amount          integer check (amount >= 0),
  threshold       integer check (threshold >= 0),
  raised_at       timestamptz not null default clock_timestamp(),
  unique (organisation, kind, cause)
);
create index signal_by_review on access_log.signal (review_id);
create index signal_by_moment on access_log.signal (organisation, raised_at);
comment on table access_log.signal is 'Something about accesses that stands out (signaal); no verdict. One per organisation, kind and cause.';
comment on column access_log.signal.kind is 'NO_ACTIVE_RELATION geen lopende betrokkenheid, OUTSIDE_WORKING_HOURS buiten werktijd, OWN_FAMILY eigen familie, VOLUME uitzonderlijk veel, EMERGENCY noodprocedure, REFUSED_AND_ASKED_AGAIN na weigering met een ander doel, RECONCILIATION_DIFFERENCE verschil met de bron.';
comment on column access_log.signal.cause is 'What it was raised for, in ids and codes.';
comment on column access_log.signal.amount is 'Where the signal is a number: what was found.';
comment on column access_log.signal.threshold is 'From which number on it stands out.';

create table access_log.review_entry (
  review_id   uuid not null references access_log.review (id),
  kind        text not null check (kind in ('NO_ACTIVE_RELATION', 'OUTSIDE_WORKING_HOURS', 'OWN_FAMILY', 'VOLUME',
    'EMERGENCY', 'REFUSED_AND_ASKED_AGAIN', 'RECONCILIATION_DIFFERENCE', 'SAMPLE', 'COMPLAINT')),
  position    bigint not null,
  recorded_at timestamptz not null,
  primary key (review_id, kind, position)
);
create index review_entry_by_position on access_log.review_entry (position, kind);
comment on table access_log.review_entry is 'The entries of the log that a review is about, each by place and moment; they can be removed at the end of their term.';
comment on column access_log.review_entry.kind is 'For which signal, or that it came with the sample or a complaint.';

create table access_log.own_relation (
  id           uuid primary key,
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  worker       text not null check (worker ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  subject_key  uuid not null references access_log.subject_key (id),
  recorded_by  text not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  unique (organisation, worker, subject_key)
);
comment on table access_log.own_relation is 'That a family is related to a worker (eigen familie), by the worker''s or the officer''s own word: the hub has no names to find that by.';

create table access_log.working_hours (
  organisation       text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  opens              time not null,
  closes             time not null check (closes > opens),
  excepted_functions text[] not null,
  recorded_by        text not null,
  recorded_at        timestamptz not null default clock_timestamp(),
  primary key (organisation, recorded_at)
);
comment on table access_log.working_hours is 'When an organisation works (werktijden), on working days; the latest row holds.';
comment on column access_log.working_hours.excepted_functions is 'Functions that work around the clock (bereikbaarheidsdienst).';

create table access_log.signal_run (
  ran_at      timestamptz primary key default clock_timestamp(),
  looked_from timestamptz not null,
  looked_to   timestamptz not null check (looked_to >= looked_from),
  raised      integer not null check (raised >= 0)
);
comment on table access_log.signal_run is 'Each time that the log was looked through for signals: the next one goes on from there.';

create table access_log.month_count (
  month        date not null check (extract(day from month) = 1),
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  split        text not null check (split in ('USE', 'OUTCOME', 'SIGNAL', 'REVIEW', 'SAMPLE')),
  key          text not null,
  amount       integer not null check (amount > 0),
  workers      integer not null check (workers > 0),
  counted_at   timestamptz not null default clock_timestamp(),
  primary key (month, organisation, split, key)
);
comment on table access_log.month_count is 'What a month that is over came to, counted once (maandtelling); what is published of it is merged until nothing can be traced.';
comment on column access_log.month_count.split is 'USE requests by function and purpose, OUTCOME requests by outcome, SIGNAL signals by kind, REVIEW and SAMPLE reviews due in the month by how they ended.';
comment on column access_log.month_count.workers is 'How many workers it is about.';

create table access_log.mandate (
  id           uuid primary key,
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  worker       text not null check (worker ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  ground       text not null check (ground in ('REVIEW_FOLLOW_UP', 'COMPLAINT', 'DATA_BREACH', 'INTEGRITY_INQUIRY', 'AUTHORITY_REQUEST')),
  seen_from    date not null,
  seen_to      date not null check (seen_to >= seen_from),
  granted_by   text not null,
  granted_at   timestamptz not null default clock_timestamp(),
  expires_at   timestamptz not null,
  constraint mandate_by_another check (granted_by <> worker),
  constraint mandate_expires check (expires_at > granted_at and expires_at <= granted_at + interval '30 days')
);
create index mandate_by_organisation on access_log.mandate (organisation, granted_at);
comment on table access_log.mandate is 'A mandate to look at what one worker did (mandaat voor een specifieke rapportage): on a ground, for a period, for 30 days.';
comment on column access_log.mandate.ground is 'REVIEW_FOLLOW_UP vervolg van een beoordeling, COMPLAINT klacht, DATA_BREACH datalek, INTEGRITY_INQUIRY integriteitsonderzoek, AUTHORITY_REQUEST verzoek van een toezichthouder.';
comment on column access_log.mandate.seen_from is 'First day of the accesses that may be looked at.';
comment on column access_log.mandate.seen_to is 'Last day.';

create table access_log.mandate_use (
  mandate_id uuid not null references access_log.mandate (id),
  at         timestamptz not null default clock_timestamp(),
  used_by    text not null,
  primary key (mandate_id, at, used_by)
);
comment on table access_log.mandate_use is 'Each time that a mandate was used, and by whom.';

grant select, insert on access_log.review, access_log.review_event, access_log.signal, access_log.review_entry,
  access_log.own_relation, access_log.working_hours, access_log.signal_run, access_log.month_count, access_log.mandate,
  access_log.mandate_use
  to :working_role;
grant update (state, outcome, signed_off_at, signed_off_by) on access_log.review to :working_role;
