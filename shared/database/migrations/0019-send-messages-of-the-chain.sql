-- Messages of the chain (StUF-Jeugdzorg): requests for inquiry that leave, and notifications that come in.
-- In: placeholder :working_role; 0014 ran. Out: more in schema hub. Ids, codes, digests and moments only: no message, no word of
-- one, and no number of a citizen.

alter table hub.referral_delivery
  drop constraint referral_delivery_kind_check,
  add constraint referral_delivery_kind_check check (kind in ('REFERRAL', 'WEBHOOK', 'STUF'));
create index referral_delivery_stuf_due on hub.referral_delivery (organisation, due_at)
  where state = 'PENDING' and kind = 'STUF';
create unique index referral_delivery_stuf_once on hub.referral_delivery (referral_id, organisation) where kind = 'STUF';
comment on column hub.referral_delivery.kind is 'REFERRAL naar de werkvoorraad van de ontvanger in de hub; WEBHOOK bericht aan het eigen systeem van een organisatie; STUF bericht van de keten, van de verzender aan de ontvanger. Of STUF the id is the referentienummer.';
-- What waits for a message is found in the record itself, every second.
create index referral_inquiry_waits on hub.referral (receiver_organisation, received_at)
  where type in ('INQUIRY_REQUEST', 'URGENT_INQUIRY_REQUEST')
    and state in ('RECEIVED', 'IN_REVIEW', 'INFORMATION_REQUESTED', 'WAITLISTED');

create table hub.stuf_receiver (
  organisation text primary key check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  since        timestamptz not null default clock_timestamp()
);
comment on table hub.stuf_receiver is 'Organisations that requests for inquiry go to by message. What they received before is not sent afterwards.';

create table hub.stuf_received (
  organisation     text not null check (organisation ~ '^[a-z][a-z0-9-]{0,39}$'),
  reference_digest text not null check (reference_digest ~ '^[0-9a-f]{64}$'),
  body_digest      text not null check (body_digest ~ '^[0-9a-f]{64}$'),
  referral_id      uuid not null references hub.referral (id),
  status           text not null check (status ~ '^[A-Z][A-Z_]{1,39}$'),
  taken_at         timestamptz not null default clock_timestamp(),
  primary key (organisation, reference_digest)
);
comment on table hub.stuf_received is 'Messages that were taken: each has its effect once, however often it comes.';
comment on column hub.stuf_received.reference_digest is 'SHA-256 of its referentienummer, which is of somebody else''s making.';
comment on column hub.stuf_received.body_digest is 'SHA-256 of what it said: the same number with another message is refused.';

grant select, insert on hub.stuf_receiver, hub.stuf_received to :working_role;
