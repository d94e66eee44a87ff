-- Two owners who each accept, a chair when a consultation's term runs out, children who go different ways, and every
-- step between states as the database knows it too.
-- In: placeholder :working_role. Out: columns and tables in schema hub. Ids, codes and dates only.

alter table hub.referral
  add column co_owner_accepted_at timestamptz check (co_owner_accepted_at >= created_at),
  add column objected boolean not null default false,
  add column split_from uuid references hub.referral (id),
  add column split_at integer check (split_at > 0),
  add constraint referral_accepted_together_by_its_co_owner check (
    co_owner_accepted_at is null or co_owner_organisation is not null),
  add constraint referral_withdrawn_before_anybody_accepted check (
    state <> 'WITHDRAWN' or co_owner_accepted_at is null),
  add constraint referral_split_from_a_version check ((split_from is null) = (split_at is null));
create index referral_by_split on hub.referral (split_from) where split_from is not null;
comment on column hub.referral.co_owner_accepted_at is 'Moment at which the second owner accepted (mede-eigenaar); beside decided_at, of the owner.';
comment on column hub.referral.objected is 'There was an objection (bezwaar), to this referral or to the one that it was split from: there is no second.';
comment on column hub.referral.split_from is 'Referral that the children of this one were in, when the receiver decided about the others first (gesplitst).';
comment on column hub.referral.split_at is 'Version of that referral which this one goes on from; the history up to there is its history too.';

-- What came before: the origin of a referral is guarded, so its guards rest while a new fact is derived from the old ones.
alter table hub.referral disable trigger user;
update hub.referral r set objected = true where exists (select from hub.consultation c where c.referral_id = r.id);
alter table hub.referral enable trigger user;

create table hub.referral_child (
  referral_id uuid not null references hub.referral (id),
  person_id   text not null references hub.person (id),
  primary key (referral_id, person_id)
);
create index referral_child_by_person on hub.referral_child (person_id);
comment on table hub.referral_child is 'The children that a referral is about (jeugdigen), unborn ones too; a child is in one referral of those that were split.';
insert into hub.referral_child (referral_id, person_id)
select r.id, p.id from hub.referral r join hub.person p on p.family_id = r.family_id
where p.role = 'CHILD' and (p.birth_date is null or p.birth_date + interval '18 years' > r.created_at);

alter table hub.referral_event
  drop constraint referral_event_party_check,
  add constraint referral_event_party_check check (
    party in ('SENDER', 'RECEIVER', 'CO_OWNER', 'PARTICIPANT', 'CHAIR', 'HUB')),
  add constraint referral_event_of_the_chair_decides check (party <> 'CHAIR' or action in ('assign', 'merge'));
-- Whatever happens at the same time: nothing of this happens twice, least of all accepting.
create unique index referral_event_once on hub.referral_event (referral_id, action)
  where action in ('submit', 'split', 'deliver', 'accept', 'acceptTogether', 'object', 'assign', 'merge', 'start',
    'complete', 'withdraw');

create table hub.referral_move (
  from_state text not null,
  to_state   text not null,
  primary key (from_state, to_state)
);
comment on table hub.referral_move is 'Steps between states that exist (overgangen): those of subgraphs/referrals/source/transitions.ts. A test compares the two.';
insert into hub.referral_move (from_state, to_state) values
  ('SUBMITTED', 'RECEIVED'), ('SUBMITTED', 'WITHDRAWN'),
  ('RECEIVED', 'RECEIVED'), ('RECEIVED', 'IN_REVIEW'), ('RECEIVED', 'INFORMATION_REQUESTED'),
  ('RECEIVED', 'WAITLISTED'), ('RECEIVED', 'ACCEPTED'), ('RECEIVED', 'IN_CONSULTATION'), ('RECEIVED', 'WITHDRAWN'),
  ('IN_REVIEW', 'IN_REVIEW'), ('IN_REVIEW', 'INFORMATION_REQUESTED'), ('IN_REVIEW', 'WAITLISTED'),
  ('IN_REVIEW', 'ACCEPTED'), ('IN_REVIEW', 'IN_CONSULTATION'), ('IN_REVIEW', 'WITHDRAWN'),
  ('INFORMATION_REQUESTED', 'INFORMATION_REQUESTED'), ('INFORMATION_REQUESTED', 'IN_REVIEW'),
  ('INFORMATION_REQUESTED', 'WAITLISTED'), ('INFORMATION_REQUESTED', 'ACCEPTED'),
  ('INFORMATION_REQUESTED', 'IN_CONSULTATION'), ('INFORMATION_REQUESTED', 'WITHDRAWN'),
  ('WAITLISTED', 'WAITLISTED'), ('WAITLISTED', 'ACCEPTED'), ('WAITLISTED', 'WITHDRAWN'),
  ('IN_CONSULTATION', 'RECEIVED'), ('IN_CONSULTATION', 'COMPLETED'), ('IN_CONSULTATION', 'WITHDRAWN'),
  ('ACCEPTED', 'ACCEPTED'), ('ACCEPTED', 'IN_PROGRESS'), ('ACCEPTED', 'COMPLETED'),
  ('IN_PROGRESS', 'IN_PROGRESS'), ('IN_PROGRESS', 'COMPLETED');

-- guard_referral_move
-- In: an UPDATE of a referral that keeps to the constraints. Out: nothing.
-- Error 23514 for a step that does not exist, a second objection, a clock that is set again, and an acceptance undone.
create function hub.guard_referral_move() returns trigger language plpgsql as $$
begin
  if not exists (select from hub.referral_move m where (m.from_state, m.to_state) = (old.state, new.state)) then
    raise exception 'A referral does not go from % to %.', old.state, new.state using errcode = '23514';
  end if;
  if old.objected and not new.objected
    or new.state = 'IN_CONSULTATION' and (old.objected or not new.objected)
  then
    raise exception 'A referral is objected to once.' using errcode = '23514';
  end if;
  if old.received_at is not null and new.received_at is distinct from old.received_at
    or old.decided_at is not null and new.decided_at is distinct from old.decided_at
  then
    raise exception 'The clock of a referral is not set again.' using errcode = '23514';
  end if;
  if old.co_owner_accepted_at is not null and
    (new.co_owner_organisation, new.co_owner_accepted_at)
      is distinct from (old.co_owner_organisation, old.co_owner_accepted_at)
  then
    raise exception 'A second owner who accepted stays one.' using errcode = '23514';
  end if;
  if (new.split_from, new.split_at) is distinct from (old.split_from, old.split_at) then
    raise exception 'The origin of a referral does not change.' using errcode = '23514';
  end if;
  return null;
end
$$;
create trigger referral_moves_by_the_table after update on hub.referral
  for each row execute function hub.guard_referral_move();

-- guard_referral_split
-- In: a new referral with split_from, while the one that it comes from has not moved yet. Out: nothing.
-- Error 23514 when it is not in all but its children what that one is: place, clock, owner and objection are kept.
create function hub.guard_referral_split() returns trigger language plpgsql as $$
begin
  if not exists (
    select from hub.referral r
    where r.id = new.split_from and new.split_at = r.version and new.version = r.version + 1
      and r.state in ('RECEIVED', 'IN_REVIEW', 'INFORMATION_REQUESTED', 'WAITLISTED')
      and to_jsonb(r) - '{id,version,split_from,split_at}'::text[]
        = to_jsonb(new) - '{id,version,split_from,split_at}'::text[])
  then
    raise exception 'A referral that is split goes on as it was.' using errcode = '23514';
  end if;
  return null;
end
$$;
create trigger referral_split_goes_on after insert on hub.referral
  for each row when (new.split_from is not null) execute function hub.guard_referral_split();

-- guard_referral_child
-- In: an INSERT or UPDATE of a child of a referral. Out: nothing.
-- Error 23514 for who is no child of the household, for one who is added later, and for one who is moved to a referral
-- that was not split from the one left.
create function hub.guard_referral_child() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' and not exists (
    select from hub.referral r join hub.person p on p.id = new.person_id
    where r.id = new.referral_id and p.role = 'CHILD'
      and not exists (select from hub.referral_event e where e.referral_id = r.id)
      and (p.family_id = r.family_id or exists (
        select from hub.second_household h where h.person_id = p.id and h.family_id = r.family_id)))
  then
    raise exception 'A referral is about children of the household.' using errcode = '23514';
  end if;
  if tg_op = 'UPDATE' and (new.person_id <> old.person_id or not exists (
    select from hub.referral r where r.id = new.referral_id and r.split_from = old.referral_id))
  then
    raise exception 'A child moves to what its referral was split into.' using errcode = '23514';
  end if;
  return null;
end
$$;
create trigger referral_child_is_guarded after insert or update on hub.referral_child
  for each row execute function hub.guard_referral_child();

-- require_children
-- In: a referral that was split, as a transaction leaves it. Out: nothing. Error 23514 when it, or the one that it was
-- split from, is about no child any more.
create function hub.require_children() returns trigger language plpgsql as $$
begin
  if exists (
    select from unnest(array[new.id, new.split_from]) as half(id)
    where not exists (select from hub.referral_child c where c.referral_id = half.id))
  then
    raise exception 'Each half of a referral that is split is about a child.' using errcode = '23514';
  end if;
  return null;
end
$$;
create constraint trigger referral_split_has_children after insert on hub.referral
  deferrable initially deferred for each row when (new.split_from is not null)
  execute function hub.require_children();

-- guard_consultation_end
-- In: the event that ends a consultation. Out: nothing.
-- Error 23514 when the chair decides within the term, or one at the table after it. A moment is that of the transaction.
create function hub.guard_consultation_end() returns trigger language plpgsql as $$
begin
  if not exists (
    select from hub.consultation c
    where c.referral_id = new.referral_id and (new.party = 'CHAIR') = (c.due_at <= now()))
  then
    raise exception 'Within the term those at the table decide, after it the chair.' using errcode = '23514';
  end if;
  return null;
end
$$;
create trigger consultation_ends_in_order after insert on hub.referral_event
  for each row when (new.action in ('assign', 'merge'))
  execute function hub.guard_consultation_end();

grant select on hub.referral_move to :working_role;
grant select, insert on hub.referral_child to :working_role;
grant update (referral_id) on hub.referral_child to :working_role;
grant update (co_owner_accepted_at, objected) on hub.referral to :working_role;
