-- The hub's registers: who is involved with which family, and the dated facts on which the rules decide.
-- In: placeholder :working_role (the role that services use). Out: schema hub. No names, no BSN, no dossier content.
-- Dates are calendar dates in the Netherlands; a last day (…until, ended_on, ends_on, closed_on) is included.

create schema hub;
comment on schema hub is 'Registers of the hub: pseudonyms, involvement, consents and measures as dated facts.';
grant usage on schema hub to :working_role;

create table hub.family (
  id        text primary key check (id ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  status    text not null check (status in ('OPEN', 'CLOSED')),
  inflow    text not null check (inflow ~ '^[A-Z][A-Z_]{0,39}$'),
  outcome   text check (outcome in ('WENT_WELL', 'BACK_TO_LOCAL_TEAM', 'UNFOUNDED', 'MOVED')),
  opened_on date not null,
  closed_on date check (closed_on >= opened_on),
  constraint family_outcome_when_closed check ((status = 'CLOSED') = (outcome is not null)),
  constraint family_day_when_closed check ((status = 'CLOSED') = (closed_on is not null))
);
comment on table hub.family is 'A household under its pseudonym (gezin).';
comment on column hub.family.id is 'Pseudonymous id, such as OVV-06; never derived from a BSN.';
comment on column hub.family.status is 'Whether the hub still follows the family (open of gesloten).';
comment on column hub.family.inflow is 'Waiting list that the family came from (instroom).';
comment on column hub.family.outcome is 'How it ended (uitkomst): WENT_WELL het gaat goed, BACK_TO_LOCAL_TEAM terug naar buurtteam, UNFOUNDED ongegronde melding, MOVED verhuisd.';
comment on column hub.family.opened_on is 'First day (startdatum).';
comment on column hub.family.closed_on is 'Last day (einddatum).';

create table hub.person (
  id         text primary key check (id ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  family_id  text not null references hub.family (id),
  role       text not null check (role in ('CHILD', 'PARENT', 'OTHER')),
  birth_date date,
  able       boolean not null default true
);
create index person_by_family on hub.person (family_id);
comment on table hub.person is 'A member of a household under a pseudonym (betrokkene).';
comment on column hub.person.id is 'Pseudonymous id, such as OVV-06-1.';
comment on column hub.person.role is 'Place in the household: CHILD jeugdige, PARENT ouder, OTHER ander.';
comment on column hub.person.birth_date is 'Birth date (geboortedatum); null for an unborn child (ongeboren kind). Used for the age rules only.';
comment on column hub.person.able is 'Able to weigh own interests (wilsbekwaam); false gives consent to the representatives (Jeugdwet 7.3.15).';

create table hub.authority (
  parent_id text not null references hub.person (id),
  child_id  text not null references hub.person (id),
  authority text not null check (authority in ('YES', 'NO', 'UNKNOWN')),
  since     date,
  primary key (parent_id, child_id),
  check (parent_id <> child_id)
);
create index authority_by_child on hub.authority (child_id);
comment on table hub.authority is 'Whether a parent has authority over a child (gezag).';
comment on column hub.authority.authority is 'YES gezag, NO geen gezag, UNKNOWN gezag niet te bepalen; unknown never counts as consent.';
comment on column hub.authority.since is 'First day of this state (sinds); null when not known.';

create table hub.involvement (
  family_id      text not null references hub.family (id),
  organisation   text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  case_reference text not null,
  began_on       date not null,
  ended_on       date check (ended_on >= began_on),
  drang          boolean not null default false,
  primary key (family_id, organisation),
  unique (organisation, case_reference)
);
comment on table hub.involvement is 'Which organisation works with the family (betrokkenheid).';
comment on column hub.involvement.organisation is 'Code of the organisation in the region file.';
comment on column hub.involvement.case_reference is 'The organisation''s own case number (zaaknummer); its source is asked by this.';
comment on column hub.involvement.began_on is 'First day (sinds).';
comment on column hub.involvement.ended_on is 'Last day (tot en met); null while it runs.';
comment on column hub.involvement.drang is 'Pressure within voluntary help (drang); in law still voluntary.';

create table hub.person_pseudonym (
  person_id    text not null references hub.person (id),
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  pseudonym    text not null,
  key_version  integer not null check (key_version > 0),
  primary key (person_id, organisation),
  unique (organisation, pseudonym)
);
comment on table hub.person_pseudonym is 'Key under which one organisation finds a person (pseudoniem per organisatie).';
comment on column hub.person_pseudonym.pseudonym is 'base64url of HMAC-SHA-256 under the key of this organisation; two organisations'' pseudonyms cannot be compared.';
comment on column hub.person_pseudonym.key_version is 'Version of the key that made the pseudonym.';

create table hub.assignment (
  id           uuid primary key,
  family_id    text not null references hub.family (id),
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  worker_id    text not null check (worker_id ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  relation     text not null check (relation in ('ASSIGNED', 'STAND_IN')),
  team         text,
  from_on      date not null,
  until_on     date check (until_on >= from_on),
  constraint assignment_stand_in_ends check (relation <> 'STAND_IN' or until_on is not null)
);
create index assignment_by_family on hub.assignment (family_id);
create index assignment_by_worker on hub.assignment (worker_id, family_id);
comment on table hub.assignment is 'Which worker works with the family, and since when (toewijzing). Past ones stay: who was involved before may not review (toetser).';
comment on column hub.assignment.relation is 'ASSIGNED toegewezen, STAND_IN vervanger; a stand-in has a last day (Jeugdwet 7.3.11(2)(a)).';
comment on column hub.assignment.team is 'Team whose members share the assignment (team); null when personal.';
comment on column hub.assignment.from_on is 'First day.';
comment on column hub.assignment.until_on is 'Last day; null while it runs.';

create table hub.consent (
  id                       uuid primary key,
  person_id                text not null references hub.person (id),
  given_by                 text not null references hub.person (id),
  holder                   text not null check (holder ~ '^[a-z][a-z0-9-]{0,39}$'),
  recipient                text not null check (recipient ~ '^[a-z][a-z0-9-]{0,39}$'),
  categories               text[] not null check (cardinality(categories) > 0 and categories <@ array[
    'IDENTITY', 'HOUSEHOLD', 'INVOLVEMENT', 'CARE_PLAN', 'SAFETY', 'CONCERN_REPORT', 'REPORTER', 'CHILD_HEALTH',
    'PARENT_HEALTH', 'CRIMINAL', 'EDUCATION', 'LIVING_SITUATION', 'MEASURE', 'INVESTIGATION_REPORT', 'SECRET_ADDRESS']),
  purpose                  text not null check (purpose in (
    'CARE', 'CONSULT', 'SAFETY_ASSESSMENT', 'INVESTIGATION', 'INDEPENDENT_REVIEW', 'MEASURE_EXECUTION', 'REFERRAL',
    'ACUTE_SAFETY', 'SUBJECT_RIGHTS', 'OVERSIGHT')),
  decision                 text not null check (decision in ('GIVEN', 'REFUSED')),
  explicit                 boolean not null default false,
  how                      text not null check (how in ('WRITTEN', 'SPOKEN', 'TELEPHONE', 'DIGITAL')),
  valid_from               date not null,
  valid_until              date check (valid_until >= valid_from),
  recorded_by              text not null,
  recorded_by_organisation text not null,
  recorded_at              timestamptz not null default clock_timestamp(),
  withdrawn_at             timestamptz check (withdrawn_at >= recorded_at),
  withdrawn_by             text,
  check (holder <> recipient),
  constraint consent_withdrawal_whole check ((withdrawn_at is null) = (withdrawn_by is null))
);
create index consent_by_person on hub.consent (person_id);
comment on table hub.consent is 'What someone decided about sharing data of a person (toestemming om te delen). A row is never rewritten: a new decision is a new row.';
comment on column hub.consent.person_id is 'Whose data it is about (betrokkene).';
comment on column hub.consent.given_by is 'Who decided: the person, or a parent for a child (wie besliste).';
comment on column hub.consent.holder is 'Organisation that holds the data (houder).';
comment on column hub.consent.recipient is 'Organisation that may, or may not, receive them (ontvanger).';
comment on column hub.consent.categories is 'Kinds of information (gegevenscategorieën).';
comment on column hub.consent.purpose is 'What for (doel).';
comment on column hub.consent.decision is 'GIVEN gegeven, REFUSED geweigerd.';
comment on column hub.consent.explicit is 'Explicit for special categories (uitdrukkelijk, AVG 9(2)(a)).';
comment on column hub.consent.how is 'How it was asked: WRITTEN schriftelijk, SPOKEN in gesprek, TELEPHONE telefonisch, DIGITAL digitaal.';
comment on column hub.consent.valid_from is 'First day.';
comment on column hub.consent.valid_until is 'Last day; null when none was agreed.';
comment on column hub.consent.recorded_by is 'Worker who recorded it (vastgelegd door).';
comment on column hub.consent.withdrawn_at is 'Moment of withdrawal (ingetrokken op); from then on it is no ground for anything.';
comment on column hub.consent.withdrawn_by is 'Worker who recorded the withdrawal.';

create table hub.measure (
  id                       uuid primary key,
  person_id                text not null references hub.person (id),
  kind                     text not null check (kind in ('OTS', 'VOTS', 'GUARDIANSHIP', 'PLACEMENT')),
  number                   text not null,
  organisation             text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  starts_on                date not null,
  ends_on                  date check (ends_on >= starts_on),
  ended_at                 timestamptz,
  ended_by                 text,
  recorded_by              text not null,
  recorded_by_organisation text not null,
  recorded_at              timestamptz not null default clock_timestamp(),
  constraint measure_ends check (kind = 'GUARDIANSHIP' or ends_on is not null),
  constraint measure_end_whole check ((ended_at is null) = (ended_by is null))
);
create index measure_by_person on hub.measure (person_id);
comment on table hub.measure is 'A child-protection measure as a dated fact (maatregel). In force on a day: starts_on to ends_on, and not ended.';
comment on column hub.measure.person_id is 'The child that it is about.';
comment on column hub.measure.kind is 'OTS ondertoezichtstelling, VOTS voorlopige ondertoezichtstelling, GUARDIANSHIP voogdij, PLACEMENT machtiging uithuisplaatsing.';
comment on column hub.measure.number is 'Number of the court order (beschikkingsnummer).';
comment on column hub.measure.organisation is 'Certified agency that executes it (uitvoerende GI).';
comment on column hub.measure.starts_on is 'First day.';
comment on column hub.measure.ends_on is 'Last day; null only for guardianship.';
comment on column hub.measure.ended_at is 'Moment from which it no longer holds, when it ended before its last day (beëindigd); never in the future.';
comment on column hub.measure.ended_by is 'Worker who recorded that end.';
comment on column hub.measure.recorded_by is 'Worker who recorded it (vastgelegd door).';

create table hub.investigation (
  id           uuid primary key,
  family_id    text not null references hub.family (id),
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  kind         text not null check (kind in ('ASSESSMENT', 'INVESTIGATION', 'REVIEW')),
  opened_on    date not null,
  closed_on    date check (closed_on >= opened_on)
);
create index investigation_by_family on hub.investigation (family_id);
comment on table hub.investigation is 'A statutory examination of the family''s situation (onderzoek).';
comment on column hub.investigation.organisation is 'Who examines: Veilig Thuis or the child protection board.';
comment on column hub.investigation.kind is 'ASSESSMENT veiligheidsbeoordeling, INVESTIGATION onderzoek, REVIEW onafhankelijke toets.';
comment on column hub.investigation.opened_on is 'First day.';
comment on column hub.investigation.closed_on is 'Last day; null while it is open.';

create table hub.idempotency (
  worker_id    text not null,
  key          text not null check (length(key) between 1 and 100),
  operation    text not null,
  request_hash text not null,
  result       jsonb not null,
  created_at   timestamptz not null default clock_timestamp(),
  primary key (worker_id, key)
);
comment on table hub.idempotency is 'What a worker''s mutation answered, so that sending it again creates nothing twice.';
comment on column hub.idempotency.request_hash is 'SHA-256 over operation and input; the same key with another input is refused.';
comment on column hub.idempotency.result is 'The answer: ids, codes and dates only.';

-- Nothing is ever deleted by a service, and of a dated fact only its end can be added.
grant select, insert on hub.family, hub.person, hub.authority, hub.involvement, hub.person_pseudonym, hub.assignment,
  hub.consent, hub.measure, hub.investigation, hub.idempotency to :working_role;
grant update (status, outcome, closed_on) on hub.family to :working_role;
grant update (birth_date, able) on hub.person to :working_role;
grant update (authority, since) on hub.authority to :working_role;
grant update (ended_on, drang) on hub.involvement to :working_role;
grant update (until_on) on hub.assignment to :working_role;
grant update (withdrawn_at, withdrawn_by) on hub.consent to :working_role;
grant update (ended_at, ended_by) on hub.measure to :working_role;
grant update (closed_on) on hub.investigation to :working_role;
