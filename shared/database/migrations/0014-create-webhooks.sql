-- Delivery to the system of an organisation itself, order and fair shares in the outbox, and what was done by hand.
-- In: placeholder :working_role; 0003 and 0004 ran. Out: more in schema hub. Ids, codes and moments only.

alter table hub.referral_delivery
  drop constraint referral_delivery_kind_check,
  drop constraint referral_delivery_pkey,
  add column id uuid not null default gen_random_uuid(),
  add column event text check (event ~ '^[a-z]+(_[a-z]+)*(\.[a-z]+(_[a-z]+)*)*$'),
  add column turn_at timestamptz not null default clock_timestamp(),
  add column queued_until timestamptz,
  add column fault text check (fault ~ '^[A-Z][A-Z0-9_]{1,39}$'),
  add constraint referral_delivery_kind_check check (kind in ('REFERRAL', 'WEBHOOK')),
  add constraint referral_delivery_pkey primary key (referral_id, kind, version, organisation),
  add constraint referral_delivery_id unique (id),
  add constraint referral_delivery_webhook_has_an_event check ((kind = 'WEBHOOK') = (event is not null));
create unique index referral_delivery_hands_a_version_to_one on hub.referral_delivery (referral_id, version)
  where kind = 'REFERRAL';
-- The first replaces two indexes that a long queue made slow: each sender's own queue, in its order.
drop index hub.referral_delivery_due;
create index referral_delivery_turn on hub.referral_delivery (owner_organisation, turn_at, referral_id)
  where state = 'PENDING' and kind = 'REFERRAL';
create index referral_delivery_queued on hub.referral_delivery (queued_until)
  where state = 'PENDING' and kind = 'REFERRAL' and queued_until is not null;
create index referral_delivery_webhook_turn on hub.referral_delivery (organisation, turn_at, referral_id, version)
  where state = 'PENDING' and kind = 'WEBHOOK';
create index referral_delivery_webhook_due on hub.referral_delivery (organisation, due_at)
  where state = 'PENDING' and kind = 'WEBHOOK';
create index referral_delivery_dead on hub.referral_delivery (ended_at) where state = 'DEAD';
comment on column hub.referral_delivery.id is 'Names a delivery to the operator; says nothing about the referral.';
comment on column hub.referral_delivery.kind is 'REFERRAL naar de werkvoorraad van de ontvanger in de hub; WEBHOOK bericht aan het eigen systeem van een organisatie.';
comment on column hub.referral_delivery.event is 'What a webhook tells of; the list: subgraphs/referrals/source/delivery/webhook/announce-step.ts.';
comment on column hub.referral_delivery.turn_at is 'Orders what waits: when it came, less the head start that safety gives. What waits longer than that start goes first, so nothing waits forever.';
comment on column hub.referral_delivery.queued_until is 'Until then a job for it is thought to be in the queue, not begun.';
comment on column hub.referral_delivery.owner_organisation is 'Whose dead letter it becomes: the sender''s, and of a webhook the organisation''s whose system it is for.';
comment on column hub.referral_delivery.fault is 'Code of what went wrong last.';

create table hub.webhook_endpoint (
  organisation  text primary key check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  state         text not null default 'ON' check (state in ('ON', 'OFF')),
  reason        text not null default 'REGISTERED' check (reason in (
    'REGISTERED', 'KEPT_FAILING', 'GONE', 'TEST_PASSED', 'TEST_ASKED', 'BY_OPERATOR')),
  switched_at   timestamptz not null default clock_timestamp(),
  failures      integer not null default 0 check (failures >= 0),
  failing_since timestamptz,
  rest_until    timestamptz not null default clock_timestamp(),
  constraint webhook_endpoint_fails_since check ((failures = 0) = (failing_since is null))
);
comment on table hub.webhook_endpoint is 'Where an organisation''s own system is told of its referrals, and how that goes. The address and the secrets are settings of the worker, and not here.';
comment on column hub.webhook_endpoint.state is 'ON aan; OFF uit: deliveries wait until it is on again.';
comment on column hub.webhook_endpoint.reason is 'Why it is in this state.';
comment on column hub.webhook_endpoint.failures is 'Attempts that failed since the last that did not.';
comment on column hub.webhook_endpoint.rest_until is 'Not tried before this moment, by the clock of the database.';

create table hub.delivery_act (
  number       bigint generated always as identity primary key,
  act          text not null check (act in ('REPLAYED', 'SWITCHED_ON', 'SWITCHED_OFF', 'TEST_ASKED')),
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  delivery_id  uuid references hub.referral_delivery (id),
  reason       text not null check (reason ~ '^[A-Z][A-Z_]{1,39}$'),
  operator     text check (operator ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  at           timestamptz not null default clock_timestamp(),
  constraint delivery_act_replays_a_delivery check ((act = 'REPLAYED') = (delivery_id is not null))
);
comment on table hub.delivery_act is 'What was done to deliveries and endpoints, by the hub or by an operator: each act once, never changed.';
comment on column hub.delivery_act.operator is 'Who did it; null for the hub itself.';

-- refuse_act_change
-- In: any UPDATE, DELETE or TRUNCATE of these acts, by whomever. Out: never returns. Error 55000.
create function hub.refuse_act_change() returns trigger language plpgsql as $$
begin
  raise exception 'What was done to deliveries is append-only: % is refused.', tg_op using errcode = '55000';
end
$$;
create trigger delivery_act_is_append_only before update or delete or truncate on hub.delivery_act
  for each statement execute function hub.refuse_act_change();
alter table hub.delivery_act enable always trigger delivery_act_is_append_only;

grant select, insert on hub.webhook_endpoint, hub.delivery_act to :working_role;
grant update (state, reason, switched_at, failures, failing_since, rest_until) on hub.webhook_endpoint to :working_role;
grant update (queued_until, fault) on hub.referral_delivery to :working_role;
