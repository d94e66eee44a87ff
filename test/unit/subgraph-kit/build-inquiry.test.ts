// A request for inquiry is made out of all that it is about, or not at all.

import type { PersonDossierData } from "../../../shared/contract/dossiers/person-dossier";
import { sourceUnavailable } from "../../../shared/sources/source-failure";
import { RequestDeliveries } from "../../../shared/subgraph-kit/deliveries/request-deliveries";
import { NO_LOCAL_RULES } from "../../../shared/subgraph-kit/local-rules";
import { buildInquiry, type InquiryMaterial } from "../../../shared/subgraph-kit/stuf/build-inquiry";
import { aGrant, aRequester, UTRECHT } from "../../kit/requesters";

const UNREAD = sourceUnavailable("FAILED");
const person = { identity: { name: "Iemand", birthDate: "2020-01-01", phone: null } } as PersonDossierData;
const subject = (type: "Family" | "Person", id: string) => ({
  type,
  id,
  key: `key-of-${id}`,
  categories: ["IDENTITY" as const],
});

/** What a message is made of; the source cannot tell of `unread`. */
function materialWithout(unread: string): InquiryMaterial {
  const [sender, receiver] = UTRECHT.organisations;
  const given = (keys: readonly string[]) =>
    new Map(keys.map((key) => [key, key === `key-of-${unread}` ? UNREAD : person]));
  return {
    order: { family: "F", children: ["child"] },
    grant: {
      ...aGrant(aRequester("lokalis.worker", "WORKER"), "REFERRAL"),
      subjects: [subject("Family", "F"), subject("Person", "child"), subject("Person", "parent")],
    },
    source: {
      findFamilies: async (keys: readonly string[]) => given(keys),
      findPersons: async (keys: readonly string[]) => given(keys),
    },
    ruling: NO_LOCAL_RULES,
    taken: new RequestDeliveries(),
    sender,
    receiver,
  } as unknown as InquiryMaterial;
}

test.each(["child", "parent", "F"])(
  "is not made while the source cannot tell of one of them (%s)",
  async (one) => {
    await expect(buildInquiry(materialWithout(one))).rejects.toBe(UNREAD);
  },
);
