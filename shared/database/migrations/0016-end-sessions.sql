-- Sessions that ended before their tokens did (OpenID Connect Back-Channel Logout 1.0), for every gateway to look at.
-- In: placeholder :working_role; 0001 ran. Out: hub.ended_session. Digests only: neither a session nor a worker can be read.

create table hub.ended_session (
  issuer        text not null check (issuer ~ '^[a-z][a-z0-9-]{0,39}$'),
  token         text not null check (token ~ '^[0-9a-f]{64}$'),
  session       text check (session ~ '^[0-9a-f]{64}$'),
  subject       text check (subject ~ '^[0-9a-f]{64}$'),
  issued_before timestamptz not null,
  ended_at      timestamptz not null default clock_timestamp(),
  expires_at    timestamptz not null,
  primary key (issuer, token),
  constraint ended_session_is_of_somebody check (num_nonnulls(session, subject) > 0),
  constraint ended_session_expires_later check (expires_at > ended_at)
);
create index ended_session_by_session on hub.ended_session (issuer, session) where session is not null;
create index ended_session_by_subject on hub.ended_session (issuer, subject) where subject is not null;
create index ended_session_expired on hub.ended_session (expires_at);
comment on table hub.ended_session is 'Sessions that were ended (afgemeld) while their tokens still hold. A row goes once no token of the session can hold any more.';
comment on column hub.ended_session.issuer is 'Code of the organisation whose issuer ended it.';
comment on column hub.ended_session.token is 'SHA-256 of the id of the message that ended it (jti): each message counts once.';
comment on column hub.ended_session.session is 'SHA-256 of the session (sid); null when all sessions of the subject end.';
comment on column hub.ended_session.subject is 'SHA-256 of who was signed in (sub); null when only the session is known.';
comment on column hub.ended_session.issued_before is 'Of a subject, the tokens that were issued at this moment or before are refused.';

grant select, insert, delete on hub.ended_session to :working_role;
