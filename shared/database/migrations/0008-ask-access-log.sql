-- Asking the access log: indexes for what is rare in it. What is common fills a page soon, whichever way it is walked.
-- Each holds few entries, so that writing the others costs a look and no more.
-- In: placeholder :working_role. Out: a function and three indexes of access_log.entry, on the months there are and those to come.

-- relies_on_emergency
-- In: what an entry relied on (KIND:id). Out: whether an emergency is among it.
create function access_log.relies_on_emergency(relied_on text[]) returns boolean language sql immutable parallel safe
return exists (select from unnest(relied_on) as one where starts_with(one, 'EMERGENCY:'));
comment on function access_log.relies_on_emergency(text[]) is 'Did an access rely on an emergency (noodprocedure)?';
revoke all on function access_log.relies_on_emergency(text[]) from public;
grant execute on function access_log.relies_on_emergency(text[]) to :working_role;

-- shared/access-log/entry-filter.ts says these conditions in the same words.
create index entry_of_emergency on access_log.entry (recorded_at)
  where relied_on <> '{}' and access_log.relies_on_emergency(relied_on);
create index entry_by_rare_outcome on access_log.entry (outcome, recorded_at)
  where outcome in ('REFUSED', 'UNAVAILABLE', 'FAILED');
create index entry_by_rare_act on access_log.entry (act, recorded_at) where act <> 'READ';
