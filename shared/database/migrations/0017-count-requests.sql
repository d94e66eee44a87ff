-- How often is asked, over all gateways together.
-- In: placeholder :working_role. Out: hub.rate, which holds counts of one minute. The key is a hash: it names nobody.

-- Counts may be lost with the server: they are of this minute, and gateways count on by themselves.
create unlogged table hub.rate (
  key     varchar(255) primary key,
  points  integer not null default 0,
  expire  bigint
) with (fillfactor = 50);
comment on table hub.rate is
  'Requests per worker, organisation and address in this minute. Key: what is counted and a hash of whom; expire: milliseconds since 1970.';

grant select, insert, update, delete on hub.rate to :working_role;
