-- More dated facts on which the rules decide, and the work that follows from decisions: teams, duos, participation,
-- meetings, emergencies, requests for disclosure, tasks, and a second household of a child.
-- In: placeholder :working_role. Out: tables in schema hub. No names, no BSN, no dossier content. A reason or a weighing
-- is a worker's own sentence about their own decision; it is shown to those who decide on it and to nobody else.

-- A team assignment has a team and no worker: whoever is a member of the team today has it.
alter table hub.assignment alter column worker_id drop not null;
alter table hub.assignment drop constraint assignment_relation_check;
alter table hub.assignment add constraint assignment_relation_check
  check (relation in ('ASSIGNED', 'STAND_IN', 'DUO'));
alter table hub.assignment drop constraint assignment_stand_in_ends;
alter table hub.assignment add constraint assignment_for_a_time_ends
  check (relation = 'ASSIGNED' or until_on is not null);
alter table hub.assignment add constraint assignment_is_somebodys check (worker_id is not null or team is not null);
alter table hub.assignment add constraint assignment_of_a_team_is_no_duty_of_one
  check (worker_id is not null or relation = 'ASSIGNED');
comment on column hub.assignment.relation is 'ASSIGNED toegewezen, STAND_IN vervanger (Jeugdwet 7.3.11(2)(a)), DUO lid van het duo; the last two have a last day.';
alter table hub.assignment add column ended_at timestamptz;
create index assignment_by_team on hub.assignment (organisation, team) where worker_id is null;
comment on column hub.assignment.worker_id is 'The worker; null for an assignment of a whole team.';
comment on column hub.assignment.ended_at is 'Moment from which it no longer holds, when it ended before its last day (beëindigd); never in the future.';
comment on column hub.assignment.team is 'Team that the worker works in, or without a worker: the team whose members share the assignment (team).';

create table hub.team_member (
  id           uuid primary key,
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  team         text not null check (team ~ '^[a-z][a-z0-9-]{0,39}$'),
  worker_id    text not null check (worker_id ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  from_on      date not null,
  until_on     date check (until_on >= from_on),
  ended_at     timestamptz,
  ended_by     text,
  recorded_by  text not null,
  recorded_at  timestamptz not null default clock_timestamp(),
  constraint team_member_end_whole check ((ended_at is null) = (ended_by is null))
);
create index team_member_by_team on hub.team_member (organisation, team);
create index team_member_by_worker on hub.team_member (organisation, worker_id);
comment on table hub.team_member is 'Who belongs to a team of an organisation (teamlid). Past ones stay.';
comment on column hub.team_member.until_on is 'Last day; null while it runs.';
comment on column hub.team_member.ended_at is 'Moment from which it no longer holds, when it ended before its last day.';
comment on column hub.team_member.ended_by is 'Worker who recorded that end.';

alter table hub.investigation add column closed_at timestamptz;
-- No second open one of a kind: a rule of the table itself, so that two at the same moment cannot both pass.
create unique index investigation_one_open on hub.investigation (family_id, organisation, kind) where closed_on is null;
comment on column hub.investigation.closed_at is 'Moment from which it is closed, when that was recorded on its last day itself; never in the future.';

create table hub.participation (
  id                       uuid primary key,
  family_id                text not null references hub.family (id),
  how                      text not null check (how in ('WRITTEN', 'SPOKEN', 'TELEPHONE', 'DIGITAL')),
  from_on                  date not null,
  until_on                 date check (until_on >= from_on),
  recorded_by              text not null,
  recorded_by_organisation text not null,
  recorded_at              timestamptz not null default clock_timestamp(),
  withdrawn_at             timestamptz,
  withdrawn_by             text,
  constraint participation_withdrawal_whole check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index participation_by_family on hub.participation (family_id);
comment on table hub.participation is 'That a family takes part in the pilot (deelname). A key to nothing by itself.';
comment on column hub.participation.withdrawn_at is 'Moment from which the family no longer takes part.';

create table hub.meeting (
  id           uuid primary key,
  family_id    text not null references hub.family (id),
  participants text[] not null check (cardinality(participants) between 2 and 10),
  planned_on   date not null,
  held_on      date not null check (held_on >= planned_on),
  planned_by   text not null,
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  planned_at   timestamptz not null default clock_timestamp()
);
create index meeting_by_family on hub.meeting (family_id);
comment on table hub.meeting is 'A meeting of organisations about a family, such as the child-protection table (jeugdbeschermingstafel). Its audience is fixed beforehand and never changed.';
comment on column hub.meeting.participants is 'Organisations at the table (deelnemers).';
comment on column hub.meeting.planned_on is 'First day on which participants may prepare.';
comment on column hub.meeting.held_on is 'Day of the meeting; the last day.';

create table hub.emergency (
  id              uuid primary key,
  family_id       text not null references hub.family (id),
  organisation    text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  worker_id       text not null check (worker_id ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  worker_function text not null,
  reason          text not null check (length(reason) between 20 and 500),
  with_health     boolean not null,
  declared_at     timestamptz not null default clock_timestamp(),
  ends_at         timestamptz not null check (ends_at > declared_at),
  review_due_on   date not null,
  reviewed_at     timestamptz,
  reviewed_by     text,
  review_outcome  text check (review_outcome in ('JUSTIFIED', 'NOT_JUSTIFIED')),
  review_note     text check (length(review_note) <= 500),
  constraint emergency_review_whole check (
    num_nulls(reviewed_at, reviewed_by, review_outcome) in (0, 3)),
  constraint emergency_reviewed_by_another check (reviewed_by <> worker_id)
);
create index emergency_by_family on hub.emergency (family_id);
-- No second one while a review is open: a rule of the table itself, so that two at the same moment cannot both pass.
create unique index emergency_one_unreviewed on hub.emergency (organisation, worker_id) where reviewed_at is null;
comment on table hub.emergency is 'Use of the emergency procedure (noodprocedure): who, why, until when, and its review by a second person.';
comment on column hub.emergency.reason is 'Why, in the worker''s own words; seen by the reviewer and the privacy officer.';
comment on column hub.emergency.with_health is 'Health plays a part in the danger, so health is in the minimum set (row 59).';
comment on column hub.emergency.ends_at is 'Four hours after it was declared.';
comment on column hub.emergency.review_due_on is 'Next working day.';

create table hub.disclosure (
  id                     uuid primary key,
  family_id              text not null references hub.family (id),
  person_id              text references hub.person (id),
  holder                 text not null check (holder ~ '^[a-z][a-z0-9-]{0,39}$'),
  requester_organisation text not null check (requester_organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  requester_worker       text not null check (requester_worker ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  requester_function     text not null,
  purpose                text not null check (purpose in (
    'CARE', 'CONSULT', 'SAFETY_ASSESSMENT', 'INVESTIGATION', 'INDEPENDENT_REVIEW', 'MEASURE_EXECUTION', 'REFERRAL',
    'ACUTE_SAFETY', 'SUBJECT_RIGHTS', 'OVERSIGHT')),
  categories             text[] not null check (cardinality(categories) > 0 and categories <@ array[
    'IDENTITY', 'HOUSEHOLD', 'INVOLVEMENT', 'CARE_PLAN', 'SAFETY', 'CONCERN_REPORT', 'REPORTER', 'CHILD_HEALTH',
    'PARENT_HEALTH', 'CRIMINAL', 'EDUCATION', 'LIVING_SITUATION', 'MEASURE', 'INVESTIGATION_REPORT', 'SECRET_ADDRESS']),
  rules                  text[] not null,
  necessity              text not null check (length(necessity) between 20 and 500),
  wanted_until           date not null,
  second_needed          boolean not null,
  requested_at           timestamptz not null default clock_timestamp(),
  due_on                 date not null,
  state                  text not null check (state in ('REQUESTED', 'GRANTED', 'REFUSED', 'WITHDRAWN')),
  decided_at             timestamptz,
  decided_by             text,
  second_professional    text,
  weighing               text check (length(weighing) between 20 and 1000),
  granted_categories     text[] check (granted_categories <@ categories),
  granted_until          date,
  refusal_reason         text check (refusal_reason ~ '^[A-Z][A-Z_]{1,39}$'),
  family_told            text check (family_told in ('TOLD', 'NOT_YET')),
  not_yet_reason         text check (not_yet_reason ~ '^[A-Z][A-Z_]{1,39}$'),
  not_yet_until          date,
  ended_at               timestamptz,
  ended_by               text,
  constraint disclosure_decided_whole check (
    num_nulls(decided_at, decided_by, weighing, family_told) = case when state in ('GRANTED', 'REFUSED') then 0 else 4 end),
  constraint disclosure_granted_whole check (
    (state = 'GRANTED') = (granted_until is not null and cardinality(granted_categories) > 0)),
  constraint disclosure_refused_with_reason check ((state = 'REFUSED') = (refusal_reason is not null)),
  constraint disclosure_not_yet_is_dated check (
    (family_told is not distinct from 'NOT_YET') = (not_yet_reason is not null and not_yet_until is not null)),
  constraint disclosure_four_eyes check (
    state not in ('GRANTED', 'REFUSED') or not second_needed
    or (second_professional is not null and second_professional <> decided_by)),
  constraint disclosure_end_whole check ((ended_at is null) = (ended_by is null)),
  constraint disclosure_withdrawn_has_ended check (
    case state when 'WITHDRAWN' then ended_at is not null when 'GRANTED' then true else ended_at is null end)
);
create index disclosure_by_family on hub.disclosure (family_id);
create index disclosure_open_by_holder on hub.disclosure (holder, due_on) where state = 'REQUESTED';
comment on table hub.disclosure is 'A request to the holder to share what is held, and the holder''s decision (verzoek om verstrekking, met afweging).';
comment on column hub.disclosure.holder is 'Who holds it; the requester''s own organisation for what two professionals have to weigh there too (row 63).';
comment on column hub.disclosure.person_id is 'About whom; null for the household as a whole.';
comment on column hub.disclosure.rules is 'Rules by which it was held.';
comment on column hub.disclosure.necessity is 'Why it is needed, in one sentence of the requester; seen by the holder.';
comment on column hub.disclosure.second_needed is 'A second professional has to weigh it too (vier ogen).';
comment on column hub.disclosure.due_on is 'Day by which the holder decides.';
comment on column hub.disclosure.weighing is 'The weighing of the holder''s professional; stays with the holder and the privacy officer.';
comment on column hub.disclosure.granted_until is 'Last day on which it opens anything.';
comment on column hub.disclosure.family_told is 'TOLD gezin geïnformeerd, NOT_YET nog niet, with a reason and the day on which that is looked at again.';
comment on column hub.disclosure.ended_at is 'Moment from which a grant no longer holds, when the holder ended it early; of a request that was taken back, the moment of that.';

create table hub.task (
  id           uuid primary key,
  family_id    text not null references hub.family (id),
  person_id    text references hub.person (id),
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  about        text not null check (about ~ '^[a-z][a-z0-9-]{0,39}$'),
  obligation   text not null check (obligation ~ '^[A-Z][A-Z_]{1,39}$'),
  rule         text not null check (rule ~ '^[a-z0-9][a-z0-9.-]{2,79}$'),
  cause        text not null check (cause in ('ACCESS', 'EMERGENCY', 'DISCLOSURE', 'MEASURE')),
  cause_id     text not null,
  state        text not null check (state in ('OPEN', 'MET')),
  due_on       date not null,
  created_at   timestamptz not null default clock_timestamp(),
  met_at       timestamptz,
  met_by       text,
  constraint task_met_whole check (num_nulls(met_at, met_by) = case state when 'MET' then 0 else 2 end)
);
create index task_by_family on hub.task (family_id);
create index task_open_by_organisation on hub.task (organisation, due_on) where state = 'OPEN';
-- The same duty is one task, however often the data are read while it is open.
create unique index task_once on hub.task (organisation, family_id, obligation, about, rule, cause, cause_id,
  coalesce(person_id, '')) where state = 'OPEN';
comment on table hub.task is 'What follows from a decision for people to do (taak), with a day by which.';
comment on column hub.task.organisation is 'Who has to do it.';
comment on column hub.task.about is 'The other organisation in it: whose data were read, or who read them; the hub''s code is hub.';
comment on column hub.task.obligation is 'What has to be done (verplichting); the list: gateway/privacy/obligations.ts.';
comment on column hub.task.rule is 'The rule that it follows from.';
comment on column hub.task.cause_id is 'For ACCESS the trace id of the first access, otherwise the id of what it follows from; empty where one task stands for all.';

create table hub.task_event (
  task_id uuid not null references hub.task (id),
  version integer not null check (version > 0),
  action  text not null check (action in ('CREATED', 'REDATED', 'MET')),
  due_on  date not null,
  reason  text check (reason ~ '^[A-Z][A-Z_]{1,39}$'),
  worker  text,
  at      timestamptz not null default clock_timestamp(),
  primary key (task_id, version),
  constraint task_event_redated_with_reason check ((action = 'REDATED') = (reason is not null))
);
comment on table hub.task_event is 'History of a task: each step once, never changed.';

create table hub.second_household (
  person_id text not null references hub.person (id),
  family_id text not null references hub.family (id),
  from_on   date not null,
  until_on  date check (until_on >= from_on),
  primary key (person_id, family_id)
);
create index second_household_by_family on hub.second_household (family_id);
comment on table hub.second_household is 'A child that also lives in another household than its own (tweede huishouden, na een scheiding). Each household keeps its own workers and its own records.';

alter table hub.measure drop constraint measure_kind_check;
alter table hub.measure add constraint measure_kind_check
  check (kind in ('OTS', 'VOTS', 'GUARDIANSHIP', 'PLACEMENT', 'PROBATION'));
comment on column hub.measure.kind is 'OTS ondertoezichtstelling, VOTS voorlopige ondertoezichtstelling, GUARDIANSHIP voogdij, PLACEMENT machtiging uithuisplaatsing, PROBATION jeugdreclassering.';

alter table access_log.entry drop constraint entry_worker_function_check;
alter table access_log.entry add constraint entry_worker_function_check check (worker_function in (
  'WORKER', 'ASSESSOR', 'ADVISOR', 'GUARDIAN', 'VOLUNTARY_WORKER', 'PROBATION_OFFICER', 'DUO_MEMBER', 'INVESTIGATOR',
  'REVIEWER', 'PRIVACY_OFFICER', 'OPERATOR', 'YOUNG_PERSON', 'PARENT', 'PROCESS_LEAD', 'POLICY_STAFF', 'OFFICIAL'));
-- Did this worker read about this family before? (independent review)
create index entry_by_reader on access_log.entry (family_id, organisation, worker);

grant select, insert on hub.team_member, hub.participation, hub.meeting, hub.emergency, hub.disclosure, hub.task,
  hub.task_event, hub.second_household to :working_role;
grant update (until_on, ended_at, ended_by) on hub.team_member to :working_role;
grant update (ended_at) on hub.assignment to :working_role;
grant update (closed_at) on hub.investigation to :working_role;
grant update (withdrawn_at, withdrawn_by) on hub.participation to :working_role;
grant update (reviewed_at, reviewed_by, review_outcome, review_note) on hub.emergency to :working_role;
grant update (state, decided_at, decided_by, second_professional, weighing, granted_categories, granted_until,
  refusal_reason, family_told, not_yet_reason, not_yet_until, ended_at, ended_by) on hub.disclosure to :working_role;
grant update (state, due_on, met_at, met_by) on hub.task to :working_role;
grant update (until_on) on hub.second_household to :working_role;
