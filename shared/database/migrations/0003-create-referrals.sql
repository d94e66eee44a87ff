-- Referrals, their history, the consultation after an objection, and the outbox that their delivery is driven from.
-- In: placeholder :working_role. Out: tables in schema hub. Ids, codes and dates only: no names, no text of a worker.
-- A referral without an owner, one that went back to its sender, and one without its history cannot be stored.

create table hub.referral (
  id                    uuid primary key,
  family_id             text not null references hub.family (id),
  type                  text not null check (type ~ '^[A-Z][A-Z_]{1,39}$'),
  mode                  text not null check (mode in ('JOIN', 'TRANSFER')),
  transfer_reason       text check (transfer_reason ~ '^[A-Z][A-Z_]{1,39}$'),
  urgency               text not null check (urgency in ('NORMAL', 'URGENT')),
  reason_code           text not null check (reason_code ~ '^[A-Z][A-Z_]{1,39}$'),
  consent_basis         text not null check (consent_basis ~ '^[A-Z][A-Z_]{1,39}$'),
  family_informed       text not null check (family_informed ~ '^[A-Z][A-Z_]{1,39}$'),
  family_informed_on    date,
  sender_organisation   text not null check (sender_organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  sender_worker         text not null check (sender_worker ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  receiver_organisation text not null check (receiver_organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  owner_organisation    text not null check (owner_organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  co_owner_organisation text check (co_owner_organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  sight_on_safety       text not null check (sight_on_safety ~ '^[a-z][a-z0-9-]{0,39}$'),
  state                 text not null check (state in (
    'SUBMITTED', 'RECEIVED', 'IN_REVIEW', 'INFORMATION_REQUESTED', 'IN_CONSULTATION', 'WAITLISTED', 'ACCEPTED',
    'IN_PROGRESS', 'COMPLETED', 'WITHDRAWN')),
  outcome               text check (outcome ~ '^[A-Z][A-Z_]{1,39}$'),
  expected_on           date,
  created_at            timestamptz not null default clock_timestamp(),
  received_at           timestamptz check (received_at >= created_at),
  decided_at            timestamptz check (decided_at >= created_at),
  version               integer not null check (version > 0),
  constraint referral_has_two_ends check (receiver_organisation <> sender_organisation),
  constraint referral_owner_is_an_end check (owner_organisation in (sender_organisation, receiver_organisation)),
  constraint referral_taken_has_left_the_sender check (
    state not in ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED') or owner_organisation = receiver_organisation),
  constraint referral_withdrawn_is_the_senders check (
    state <> 'WITHDRAWN' or owner_organisation = sender_organisation),
  constraint referral_co_owner_is_another check (
    co_owner_organisation not in (sender_organisation, owner_organisation)),
  constraint referral_transfer_has_a_reason check ((mode = 'TRANSFER') = (transfer_reason is not null)),
  constraint referral_informed_has_a_day check ((family_informed = 'NOT_YET_UNSAFE') = (family_informed_on is null)),
  constraint referral_wait_has_a_date check (state <> 'WAITLISTED' or expected_on is not null),
  constraint referral_received_has_a_moment check (
    state in ('SUBMITTED', 'WITHDRAWN') or received_at is not null),
  constraint referral_decided_has_a_moment check (
    (state in ('ACCEPTED', 'IN_PROGRESS', 'COMPLETED')) <= (decided_at is not null)),
  constraint referral_ended_has_an_outcome check ((state in ('COMPLETED', 'WITHDRAWN')) = (outcome is not null))
);
create index referral_by_receiver on hub.referral (receiver_organisation, received_at, id);
create index referral_by_sender on hub.referral (sender_organisation, created_at, id);
create index referral_by_family on hub.referral (family_id, created_at);
comment on table hub.referral is 'A request to another organisation to join or take over (verwijzing).';
comment on column hub.referral.type is 'Kind of referral (soort verwijzing); who sends which to whom: subgraphs/referrals/source/routes.ts.';
comment on column hub.referral.mode is 'JOIN erbij halen: the sender stays responsible for the family; TRANSFER overdragen.';
comment on column hub.referral.transfer_reason is 'Why the family changes hands; only for TRANSFER.';
comment on column hub.referral.reason_code is 'Why it is asked (aanleiding).';
comment on column hub.referral.consent_basis is 'Consent, or the ground without it (grondslag).';
comment on column hub.referral.family_informed is 'How the family was informed (gezin geïnformeerd); NOT_YET_UNSAFE: not yet, because telling would cause serious harm.';
comment on column hub.referral.owner_organisation is 'Who is accountable for the referral now (eigenaar): the sender until someone accepts or a consultation assigns it.';
comment on column hub.referral.co_owner_organisation is 'Second owner after ASSIGN_TOGETHER (mede-eigenaar).';
comment on column hub.referral.sight_on_safety is 'Who watches the safety of the children today (zicht op veiligheid).';
comment on column hub.referral.state is 'State (status). There is no state for sending back.';
comment on column hub.referral.outcome is 'How it ended (uitkomst).';
comment on column hub.referral.expected_on is 'Day on which the receiver expects to start; for WAITLISTED.';
comment on column hub.referral.received_at is 'Moment of delivery to the receiver.';
comment on column hub.referral.decided_at is 'Moment of acceptance.';
comment on column hub.referral.version is 'Counts the transitions; each has exactly one row in referral_event.';

create table hub.referral_event (
  referral_id           uuid not null references hub.referral (id),
  version               integer not null check (version > 0),
  action                text not null check (action ~ '^[a-z][A-Za-z]{1,39}$'),
  from_state            text,
  to_state              text not null,
  party                 text not null check (party in ('SENDER', 'RECEIVER', 'PARTICIPANT', 'HUB')),
  organisation          text check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  worker                text check (worker ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  codes                 text[] not null default '{}',
  owner_organisation    text not null,
  receiver_organisation text not null,
  proposal_organisation text check (proposal_organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  expected_on           date,
  at                    timestamptz not null default clock_timestamp(),
  primary key (referral_id, version),
  constraint referral_event_first_has_no_past check ((version = 1) = (from_state is null)),
  constraint referral_event_has_an_actor check (
    num_nulls(organisation, worker) = case when party = 'HUB' then 2 else 0 end)
);
comment on table hub.referral_event is 'History of a referral (geschiedenis): each transition once, never changed.';
comment on column hub.referral_event.action is 'Step that was taken; the steps that exist: subgraphs/referrals/source/transitions.ts.';
comment on column hub.referral_event.party is 'As what the actor took it; HUB for delivery.';
comment on column hub.referral_event.codes is 'Reason codes that went with it.';
comment on column hub.referral_event.owner_organisation is 'Owner from then on.';
comment on column hub.referral_event.receiver_organisation is 'Receiver from then on.';
comment on column hub.referral_event.proposal_organisation is 'Owner that was proposed, for an objection.';

create table hub.consultation (
  id                       uuid primary key,
  referral_id              uuid not null unique references hub.referral (id),
  reason_code              text not null check (reason_code ~ '^[A-Z][A-Z_]{1,39}$'),
  opened_by_organisation   text not null,
  opened_by_worker         text not null,
  proposal_organisation    text not null check (proposal_organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  third_organisation       text not null check (third_organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  opened_at                timestamptz not null default clock_timestamp(),
  due_at                   timestamptz not null check (due_at > opened_at),
  state                    text not null check (state in ('OPEN', 'RESOLVED')),
  outcome                  text check (outcome in ('ASSIGN', 'ASSIGN_TOGETHER', 'MERGE', 'WITHDRAWN')),
  owner_organisation       text,
  resolved_by_organisation text,
  resolved_by_worker       text,
  resolved_at              timestamptz check (resolved_at >= opened_at),
  constraint consultation_resolved_whole check (
    num_nulls(outcome, owner_organisation, resolved_by_organisation, resolved_by_worker, resolved_at)
      = case state when 'OPEN' then 5 else 0 end)
);
create index consultation_open on hub.consultation (due_at) where state = 'OPEN';
comment on table hub.consultation is 'Joint consultation after an objection (gezamenlijk overleg): at most one per referral, and it ends with an owner.';
comment on column hub.consultation.proposal_organisation is 'Who should own it according to the objector.';
comment on column hub.consultation.third_organisation is 'The one other organisation at the table beside sender and receiver.';
comment on column hub.consultation.due_at is 'End of the term (termijn).';
comment on column hub.consultation.owner_organisation is 'Owner that came out of it.';

create table hub.referral_delivery (
  referral_id        uuid not null references hub.referral (id),
  kind               text not null check (kind in ('REFERRAL')),
  version            integer not null,
  organisation       text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  owner_organisation text not null check (owner_organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  state              text not null default 'PENDING' check (state in ('PENDING', 'DELIVERED', 'DEAD', 'CANCELLED')),
  attempts           integer not null default 0 check (attempts >= 0),
  due_at             timestamptz not null default clock_timestamp(),
  created_at         timestamptz not null default clock_timestamp(),
  ended_at           timestamptz,
  primary key (referral_id, kind, version),
  constraint referral_delivery_end_has_a_moment check ((state = 'PENDING') = (ended_at is null))
);
create index referral_delivery_due on hub.referral_delivery (due_at) where state = 'PENDING';
create index referral_delivery_waiting on hub.referral_delivery (created_at) where state = 'PENDING';
comment on table hub.referral_delivery is 'Outbox: what has to reach an organisation. The queue only drives it; a lost queue is filled again from here.';
comment on column hub.referral_delivery.organisation is 'To whom (bestemming).';
comment on column hub.referral_delivery.owner_organisation is 'Whose dead letter it becomes when it cannot be delivered: the sender''s.';
comment on column hub.referral_delivery.state is 'PENDING te bezorgen, DELIVERED bezorgd, DEAD onbestelbaar, CANCELLED ingetrokken voor bezorging.';
comment on column hub.referral_delivery.due_at is 'Not before this moment, by the clock of the database.';
comment on column hub.referral_delivery.ended_at is 'Moment of delivery, or of giving up.';

-- guard_referral
-- In: an UPDATE of a referral. Out: the row as it is.
-- Error 23514 when its origin changes, a version is skipped, or the owner becomes the sender without a withdrawal.
create function hub.guard_referral() returns trigger language plpgsql as $$
begin
  if (new.id, new.family_id, new.type, new.mode, new.sender_organisation, new.sender_worker, new.created_at)
    is distinct from
    (old.id, old.family_id, old.type, old.mode, old.sender_organisation, old.sender_worker, old.created_at)
  then
    raise exception 'The origin of a referral does not change.' using errcode = '23514';
  end if;
  if new.version <> old.version + 1 then
    raise exception 'A referral moves one version at a time.' using errcode = '23514';
  end if;
  if old.state in ('COMPLETED', 'WITHDRAWN') then
    raise exception 'A referral that has ended does not move.' using errcode = '23514';
  end if;
  if new.owner_organisation = new.sender_organisation and old.owner_organisation <> old.sender_organisation
    and new.state <> 'WITHDRAWN'
  then
    raise exception 'A referral does not go back to its sender.' using errcode = '23514';
  end if;
  return new;
end
$$;
create trigger referral_is_guarded before update on hub.referral
  for each row execute function hub.guard_referral();

-- require_referral_event
-- In: a referral as a transaction leaves it. Out: nothing. Error 23514 when this version has no event that agrees.
create function hub.require_referral_event() returns trigger language plpgsql as $$
begin
  if not exists (
    select from hub.referral_event e
    where e.referral_id = new.id and e.version = new.version and e.to_state = new.state
      and e.owner_organisation = new.owner_organisation)
  then
    raise exception 'A transition without its event.' using errcode = '23514';
  end if;
  return null;
end
$$;
create constraint trigger referral_has_its_history after insert or update on hub.referral
  deferrable initially deferred for each row execute function hub.require_referral_event();

-- refuse_history_change
-- In: any UPDATE, DELETE or TRUNCATE of the history, by whomever. Out: never returns. Error 55000.
create function hub.refuse_history_change() returns trigger language plpgsql as $$
begin
  raise exception 'The history of a referral is append-only: % is refused.', tg_op using errcode = '55000';
end
$$;
create trigger referral_event_is_append_only before update or delete or truncate on hub.referral_event
  for each statement execute function hub.refuse_history_change();
alter table hub.referral_event enable always trigger referral_event_is_append_only;

-- No service deletes any of it, and what a referral was when it was sent stays as it was.
grant select, insert on hub.referral, hub.referral_event, hub.consultation, hub.referral_delivery to :working_role;
grant update (receiver_organisation, owner_organisation, co_owner_organisation, sight_on_safety, state, outcome,
  expected_on, received_at, decided_at, version) on hub.referral to :working_role;
grant update (state, outcome, owner_organisation, resolved_by_organisation, resolved_by_worker, resolved_at)
  on hub.consultation to :working_role;
grant update (state, attempts, due_at, ended_at) on hub.referral_delivery to :working_role;
