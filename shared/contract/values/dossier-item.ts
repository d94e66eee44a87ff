import { Field, InterfaceType } from "type-graphql";
import { GraphQLLocalDate } from "graphql-scalars";

/** What every piece of a dossier says of itself (WK-02): who wrote it, when, and where it stands. */
@InterfaceType({ description: "A piece of a dossier, with its source (dossierstuk)." })
export abstract class DossierItem {
  @Field(() => String, { description: "Code of the organisation that holds it (bronhouder)." })
  organisation!: string;

  @Field(() => String, { nullable: true, description: "Function of who wrote it (rol van de auteur)." })
  authorRole!: string | null;

  @Field(() => GraphQLLocalDate, { nullable: true, description: "Day it was recorded (vastgelegd op)." })
  recordedOn!: string | null;
}
