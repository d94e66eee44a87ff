-- When the service of an organisation is not there, as its own system announced it. In: placeholder :working_role; 0001 ran.
-- Out: hub.maintenance. An announcement is never changed or taken away; it can be ended, once.

create table hub.maintenance (
  id           uuid primary key,
  organisation text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  from_at      timestamptz not null,
  until_at     timestamptz not null,
  announced_by text not null check (announced_by ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  announced_at timestamptz not null default clock_timestamp(),
  ended_by     text check (ended_by ~ '^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$'),
  ended_at     timestamptz,
  constraint maintenance_takes_time check (until_at > from_at),
  constraint maintenance_ended_by_somebody check ((ended_at is null) = (ended_by is null))
);
create index maintenance_to_come on hub.maintenance (until_at) where ended_at is null;
comment on table hub.maintenance is 'Planned maintenance (gepland onderhoud) of the service of an organisation: it is not asked then, and views say so.';
comment on column hub.maintenance.announced_by is 'The system of the organisation that announced it (client:<id>).';
comment on column hub.maintenance.ended_at is 'When it was ended before its end (voortijdig beëindigd), or taken back before it began.';

grant select, insert on hub.maintenance to :working_role;
grant update (ended_by, ended_at) on hub.maintenance to :working_role;
