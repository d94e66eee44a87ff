-- A session that ended while the access log could not be written is put on record when its issuer tells it again.
-- In: placeholder :working_role; 0016 ran. Out: hub.ended_session.recorded_at.

alter table hub.ended_session add column recorded_at timestamptz;
comment on column hub.ended_session.recorded_at is 'When it was known that the access log has the sign-out; null until then, and of what an operator ended, which is on record before.';
update hub.ended_session set recorded_at = ended_at;

grant update (recorded_at) on hub.ended_session to :working_role;
