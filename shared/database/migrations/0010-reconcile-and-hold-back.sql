-- Comparing the log with what sources wrote down themselves, and holding back an access from the report of the family.
-- In: placeholder :working_role. Out: tables in schema access_log. Ids and codes; about whom an access was stands in its entry.

create table access_log.reconciliation (
  id               uuid primary key,
  organisation     text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  from_at          timestamptz not null,
  to_at            timestamptz not null check (to_at > from_at),
  lines            integer not null check (lines >= 0),
  entries          integer not null check (entries >= 0),
  serious          integer not null check (serious >= 0),
  to_explain       integer not null check (to_explain >= 0),
  refused_requests integer not null check (refused_requests >= 0),
  unreadable       integer not null check (unreadable >= 0),
  done_at          timestamptz not null default clock_timestamp()
);
create index reconciliation_by_organisation on access_log.reconciliation (organisation, to_at);
comment on table access_log.reconciliation is 'Each time that the log was compared with the record of a source (vergelijking): the next one goes on from there.';
comment on column access_log.reconciliation.organisation is 'The source.';
comment on column access_log.reconciliation.to_at is 'Up to here, not included.';
comment on column access_log.reconciliation.lines is 'Lines of the source about a subject.';
comment on column access_log.reconciliation.entries is 'Entries of the log about a subject at this source.';
comment on column access_log.reconciliation.serious is 'Differences that say that data left without being on record as it left.';
comment on column access_log.reconciliation.to_explain is 'The other differences.';
comment on column access_log.reconciliation.refused_requests is 'Requests to the source outside a grant of the gateway, or without one.';
comment on column access_log.reconciliation.unreadable is 'Lines of the source that cannot be read.';

create trigger reconciliation_is_append_only before update or delete or truncate on access_log.reconciliation
  for each statement execute function access_log.refuse_change();
alter table access_log.reconciliation enable always trigger reconciliation_is_append_only;

create table access_log.held_back (
  id           uuid primary key,
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  entry_id     uuid not null,
  trace_id     text not null check (length(trace_id) = 32 and trace_id !~ '[^0-9a-f]'),
  recorded_at  timestamptz not null,
  subject_key  uuid not null references access_log.subject_key (id),
  ground       text not null check (ground in (
    'ONGOING_INVESTIGATION', 'SAFETY_OF_PERSON', 'RIGHTS_OF_OTHERS', 'CRIMINAL_PROCEEDINGS')),
  until_on     date not null,
  state        text not null default 'PROPOSED' check (state in ('PROPOSED', 'CONFIRMED', 'ENDED')),
  proposed_by  text not null check (proposed_by <> ''),
  proposed_at  timestamptz not null default clock_timestamp(),
  confirmed_by text,
  confirmed_at timestamptz check (confirmed_at >= proposed_at),
  ended_by     text,
  ended_at     timestamptz check (ended_at >= proposed_at),
  constraint held_back_six_months check (
    until_on <= (proposed_at at time zone 'Europe/Amsterdam' + interval '6 months')::date),
  constraint held_back_confirmed_whole check (num_nulls(confirmed_by, confirmed_at) in (0, 2)),
  constraint held_back_confirmed_by_another check (confirmed_by <> proposed_by),
  constraint held_back_confirmed_by_somebody check (state <> 'CONFIRMED' or confirmed_by is not null),
  constraint held_back_ended_whole check (num_nulls(ended_by, ended_at) = case state when 'ENDED' then 0 else 2 end)
);
create index held_back_by_request on access_log.held_back (trace_id, recorded_at) where state = 'CONFIRMED';
create index held_back_by_organisation on access_log.held_back (organisation, proposed_at, id);
comment on table access_log.held_back is 'An access that the report of the family leaves out until a day (achterhouden): proposed by a worker, confirmed by the privacy officer.';
comment on column access_log.held_back.organisation is 'Whose access it was; its worker proposes, its officer confirms.';
comment on column access_log.held_back.entry_id is 'The entry that was named; the whole request that it belongs to is held back.';
comment on column access_log.held_back.recorded_at is 'Moment of the entry: with the trace id it names the request.';
comment on column access_log.held_back.subject_key is 'About whom the entry is.';
comment on column access_log.held_back.ground is 'ONGOING_INVESTIGATION lopend onderzoek, SAFETY_OF_PERSON veiligheid van een persoon, RIGHTS_OF_OTHERS rechten van anderen, CRIMINAL_PROCEEDINGS strafrechtelijk onderzoek (UAVG 41).';
comment on column access_log.held_back.until_on is 'Last day on which it is left out; at most six months after it was proposed.';
comment on column access_log.held_back.state is 'PROPOSED voorgesteld (nothing is left out yet), CONFIRMED bevestigd, ENDED beëindigd of afgewezen.';

create function access_log.refuse_removal() returns trigger language plpgsql as $$
begin
  raise exception 'What was held back stays on record: % is refused.', tg_op using errcode = '55000';
end
$$;
comment on function access_log.refuse_removal() is 'Refuses that a row is taken away; its steps are columns of it.';
create trigger held_back_stays before delete or truncate on access_log.held_back
  for each statement execute function access_log.refuse_removal();
alter table access_log.held_back enable always trigger held_back_stays;

revoke all on access_log.reconciliation, access_log.held_back from public, :working_role;
revoke all on function access_log.refuse_removal() from public;
grant select, insert on access_log.reconciliation to :working_role;
grant select, insert on access_log.held_back to :working_role;
grant update (state, confirmed_by, confirmed_at, ended_by, ended_at) on access_log.held_back to :working_role;
