import { Field, InterfaceType } from "type-graphql";
import { InCategory } from "../category-directive";
import { CriminalRecord } from "../values/criminal-record";
import { Education } from "../values/education";
import { Goal } from "../values/goal";
import { Health } from "../values/health";
import { HouseholdRole } from "../values/household-role";
import { Identity } from "../values/identity";
import { Measure } from "../values/measure";
import { SafetyAssessment } from "../values/safety-assessment";
import { SecretAddress } from "../values/secret-address";

/** What a source gives of one person; a mapping fills it, `null` where the source holds nothing. */
export interface PersonDossierData {
  readonly identity: Identity | null;
  readonly householdRole: HouseholdRole | null;
  readonly goals: readonly Goal[];
  readonly safetyAssessments: readonly SafetyAssessment[];
  readonly childHealth: Health | null;
  readonly parentHealth: Health | null;
  readonly criminalRecords: readonly CriminalRecord[];
  readonly education: Education | null;
  readonly measures: readonly Measure[];
  readonly secretAddress: SecretAddress | null;
  /** Marks of the record itself in the organisation's own words, for its local rules; no field gives them. */
  readonly marks?: readonly string[];
}

/** What an organisation holds about one person. */
@InterfaceType({ description: "What one organisation holds about one person (persoonsdossier)." })
export abstract class PersonDossier {
  readonly data!: PersonDossierData;

  @Field(() => Identity, { nullable: true, description: "Identity and contact (identiteit en contact)." })
  @InCategory("IDENTITY")
  identity(): Identity | null {
    return this.data.identity;
  }

  @Field(() => HouseholdRole, { nullable: true, description: "Place in the family (rol in het gezin)." })
  @InCategory("HOUSEHOLD")
  householdRole(): HouseholdRole | null {
    return this.data.householdRole;
  }

  @Field(() => [Goal], { nullable: true, description: "Goals in the plan (doelen)." })
  @InCategory("CARE_PLAN")
  goals(): readonly Goal[] {
    return this.data.goals;
  }

  @Field(() => [SafetyAssessment], {
    nullable: true,
    description: "Judgements of safety (veiligheidsoordelen).",
  })
  @InCategory("SAFETY")
  safetyAssessments(): readonly SafetyAssessment[] {
    return this.data.safetyAssessments;
  }

  @Field(() => Health, { nullable: true, description: "Health of a child (gezondheid kind)." })
  @InCategory("CHILD_HEALTH")
  childHealth(): Health | null {
    return this.data.childHealth;
  }

  @Field(() => Health, { nullable: true, description: "Health of a parent (gezondheid ouder)." })
  @InCategory("PARENT_HEALTH")
  parentHealth(): Health | null {
    return this.data.parentHealth;
  }

  @Field(() => [CriminalRecord], { nullable: true, description: "Police information (politie-informatie)." })
  @InCategory("CRIMINAL")
  criminalRecords(): readonly CriminalRecord[] {
    return this.data.criminalRecords;
  }

  @Field(() => Education, { nullable: true, description: "School and attendance (onderwijs)." })
  @InCategory("EDUCATION")
  education(): Education | null {
    return this.data.education;
  }

  @Field(() => [Measure], { nullable: true, description: "Measures about this person (maatregelen)." })
  @InCategory("MEASURE")
  measures(): readonly Measure[] {
    return this.data.measures;
  }

  @Field(() => SecretAddress, { nullable: true, description: "Shielded address (geheim adres)." })
  @InCategory("SECRET_ADDRESS")
  secretAddress(): SecretAddress | null {
    return this.data.secretAddress;
  }
}
