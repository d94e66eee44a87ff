-- Which parts of the contract are asked for, so that nobody takes away what is used.
-- In: placeholder :working_role. Out: hub.used_coordinate, a row for each part with the last day; not who, how often or about whom.

create table hub.used_coordinate (
  -- Names of the schema alone: a type, its field or value, an argument of a field.
  coordinate  varchar(300) primary key
    check (coordinate ~ '^[_A-Za-z][_A-Za-z0-9]*(\.[_A-Za-z][_A-Za-z0-9]*(\([_A-Za-z][_A-Za-z0-9]*:\))?)?$'),
  last_used   date not null
);
comment on table hub.used_coordinate is
  'Parts of the contract that are asked for: schema coordinates, and the last day on which an operation that was executed had them.';

grant select, insert, delete on hub.used_coordinate to :working_role;
grant update (last_used) on hub.used_coordinate to :working_role;
