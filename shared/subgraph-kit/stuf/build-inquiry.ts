// Makes the request for inquiry out of the organisation's own source: of whom the grant names, what it grants, less what the
// organisation's own rules refuse.

import type { FamilyDossierData } from "../../contract/dossiers/family-dossier";
import type { PersonDossierData } from "../../contract/dossiers/person-dossier";
import type { Category } from "../../kernel/codes";
import type { Grant, GrantedSubject } from "../../kernel/requester";
import type { Organisation } from "../../region/region";
import { allFound } from "../../sources/found";
import type { OrganisationSource } from "../../sources/organisation-source";
import type { Inquiry, InquiryPerson } from "../../stuf/inquiry";
import type { RequestDeliveries } from "../deliveries/request-deliveries";
import type { LocalRuling } from "../local-rules";
import type { InquiryOrder } from "./inquiry-order";
import { documentsOf, type Sendable } from "./report";

/** What a request is made of. */
export interface InquiryMaterial {
  readonly order: InquiryOrder;
  readonly grant: Grant;
  readonly source: OrganisationSource;
  readonly ruling: LocalRuling;
  /** Notes what leaves. */
  readonly taken: RequestDeliveries;
  readonly sender: Organisation;
  readonly receiver: Organisation;
}

/** A message cannot be made: a child is not in the source, or may not be named. */
export class ChildUnknown extends Error {
  override name = "ChildUnknown";
}

type Marked = { readonly marks?: readonly string[] };

/** What may be sent of one subject: granted, and refused by no rule of the organisation's own. */
function sendable<Data extends Marked>(
  { ruling, taken }: InquiryMaterial,
  subject: GrantedSubject,
  data: Data | undefined,
): Sendable<Data> | undefined {
  const onRequest = ruling.onRequest(subject);
  if (!data) {
    taken.answered(subject, onRequest.keys());
    return undefined;
  }
  const refused = new Map([...ruling.onRecord(subject, data.marks ?? []), ...onRequest]);
  taken.answered(subject, refused.keys());
  const may = new Set<Category>(subject.categories.filter((one) => !refused.has(one)));
  return { data, may: (category) => may.has(category) };
}

function personOf({ data, may }: Sendable<PersonDossierData>, bsn: string | undefined): InquiryPerson {
  const identity = may("IDENTITY") ? data.identity : null;
  return {
    bsn: identity ? (bsn ?? null) : null,
    name: identity?.name ?? null,
    birthDate: identity?.birthDate ?? null,
    phone: identity?.phone ?? null,
  };
}

const party = ({ code, chain }: Organisation) => {
  if (!chain) throw new Error(`The region does not say how ${code} is known in the chain.`);
  return chain;
};

/** Reads the source and makes the request. Throws ChildUnknown, and what the source throws. */
export async function buildInquiry(material: InquiryMaterial): Promise<Inquiry> {
  const { order, grant, source, sender, receiver } = material;
  const persons = grant.subjects.filter(({ type }) => type === "Person");
  const families = grant.subjects.filter(({ type, id }) => type === "Family" && id === order.family);
  const keys = persons.map(({ key }) => key);
  const [familyData, personData, numbers] = await Promise.all([
    source.findFamilies(families.map(({ key }) => key)).then(allFound),
    source.findPersons(keys).then(allFound),
    source.findNumbers?.(keys) ?? new Map<string, string>(),
  ]);
  const [family] = families.map((one) => sendable<FamilyDossierData>(material, one, familyData.get(one.key)));
  const found = persons.flatMap((subject) => {
    const one = sendable<PersonDossierData>(material, subject, personData.get(subject.key));
    return one ? [{ subject, one, person: personOf(one, numbers.get(subject.key)) }] : [];
  });
  const children = order.children.map((id) => {
    const child = found.find(({ subject }) => subject.id === id);
    if (!child || child.person.name === null) throw new ChildUnknown();
    return { ...child.person, unborn: child.person.birthDate === null };
  });
  const [own, other] = [party(sender), party(receiver)];
  return {
    sender: { organisation: own.oin, application: own.application },
    receiver: { organisation: other.oin, application: other.application },
    reference: order.reference,
    caseNumber: order.caseNumber,
    sentOn: order.sentOn,
    urgent: order.urgent,
    informed: order.informed,
    children,
    adults: found
      .filter(({ subject, person }) => !order.children.includes(subject.id) && person.name !== null)
      .map(({ one, person }) => ({
        ...person,
        roleCode: one.may("HOUSEHOLD") ? (one.data.householdRole?.roleCode ?? null) : null,
      })),
    organisation: sender.name,
    desk: own.desk,
    documents: documentsOf(
      order,
      sender.name,
      family,
      found.map(({ one }) => one),
    ),
  };
}
