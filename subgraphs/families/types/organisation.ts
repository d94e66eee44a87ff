import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, ObjectType, registerEnumType } from "type-graphql";
import type { PlainDate } from "../../../shared/kernel/plain-date";
import { OrganisationHealth } from "../source/directory/probe-organisations";

registerEnumType(OrganisationHealth, {
  name: "OrganisationHealth",
  description:
    "How a connected service is now: READY antwoordt, NOT_READY zijn bron antwoordt niet, UNREACHABLE antwoordt niet, UNKNOWN zegt het niet.",
});

@ObjectType({
  description: "An organisation of the region (organisatie), and the service by which it is connected.",
})
export class Organisation {
  @Field(() => ID, { description: "Code, as the region's file has it." })
  code!: string;

  @Field(() => String, { description: "Name (naam)." })
  name!: string;

  @Field(() => String, { nullable: true, description: "Where workers can phone it (telefoon)." })
  phone!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Who in the organisation answers for its service (eigenaar): a role or a department, no person.",
  })
  owner!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Mail address for whoever has to do with its service (contact): of a department, of no person.",
  })
  contact!: string | null;

  @Field(() => GraphQLLocalDate, {
    nullable: true,
    description:
      "Last day on which it takes part (einddatum); what it recorded stays readable. Empty without an end.",
  })
  until!: PlainDate | null;

  @Field(() => ID, {
    nullable: true,
    description:
      "Code of the organisation that takes over its work and its files after its last day (rechtsopvolger).",
  })
  continuedBy!: string | null;
}
