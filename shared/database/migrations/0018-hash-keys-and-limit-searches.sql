-- Keys of repeats are kept as hashes, searches by a citizen's number are counted, and running into their limit is a signal.
-- In: placeholder :working_role. Out: hub.idempotency without the keys as they were typed; table hub.search_limit.

-- A client chooses the key of a repeat, and may have put a name into it.
alter table hub.idempotency drop constraint idempotency_key_check;
update hub.idempotency set key = encode(sha256(convert_to('idempotency:' || worker_id || ':' || key, 'UTF8')), 'hex');
alter table hub.idempotency add constraint idempotency_key_hashed check (key ~ '^[0-9a-f]{64}$');
comment on column hub.idempotency.key is 'SHA-256, hexadecimal, over "idempotency:", the worker, ":" and the key that the client chose.';

create table hub.search_limit (
  key    varchar(255) primary key,
  points integer not null default 0,
  expire bigint
);
comment on table hub.search_limit is 'How often was searched by a citizen''s number within the running hour (zoeken op BSN), for all gateways together; never for whom.';
comment on column hub.search_limit.key is 'findFamily:worker:<organisation>:<worker> or findFamily:organisation:<organisation>.';
comment on column hub.search_limit.points is 'Searches in this hour, those that were refused included.';
comment on column hub.search_limit.expire is 'End of the hour, milliseconds since 1970; the row is deleted some time afterwards.';
grant select, insert, update, delete on hub.search_limit to :working_role;

alter table access_log.signal drop constraint signal_kind_check;
alter table access_log.signal add constraint signal_kind_check check (kind in ('NO_ACTIVE_RELATION',
  'OUTSIDE_WORKING_HOURS', 'OWN_FAMILY', 'VOLUME', 'EMERGENCY', 'REFUSED_AND_ASKED_AGAIN', 'RECONCILIATION_DIFFERENCE',
  'SEARCH_LIMIT'));
comment on column access_log.signal.kind is 'NO_ACTIVE_RELATION geen lopende betrokkenheid, OUTSIDE_WORKING_HOURS buiten werktijd, OWN_FAMILY eigen familie, VOLUME uitzonderlijk veel, EMERGENCY noodprocedure, REFUSED_AND_ASKED_AGAIN na weigering met een ander doel, RECONCILIATION_DIFFERENCE verschil met de bron, SEARCH_LIMIT te vaak gezocht op BSN.';
alter table access_log.review_entry drop constraint review_entry_kind_check;
alter table access_log.review_entry add constraint review_entry_kind_check check (kind in ('NO_ACTIVE_RELATION',
  'OUTSIDE_WORKING_HOURS', 'OWN_FAMILY', 'VOLUME', 'EMERGENCY', 'REFUSED_AND_ASKED_AGAIN', 'RECONCILIATION_DIFFERENCE',
  'SEARCH_LIMIT', 'SAMPLE', 'COMPLAINT'));
