-- A request looks up the consents for who asks and what for; those for others are not read.
-- In: hub.consent of 0001. Out: an index by person, recipient and purpose in place of the one by person.

create index consent_by_asker on hub.consent (person_id, recipient, purpose);
drop index hub.consent_by_person;
