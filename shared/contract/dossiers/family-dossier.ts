import { Arg, Field, Int, InterfaceType, type ClassType } from "type-graphql";
import { InCategory } from "../category-directive";
import { CarePlan } from "../values/care-plan";
import { PAGE_DEFAULT, connectionType, pageOf, type Connection } from "../values/connection";
import { ConcernReport } from "../values/concern-report";
import { ContactNote } from "../values/contact-note";
import { CriminalRecord } from "../values/criminal-record";
import { Household } from "../values/household";
import { InvestigationReport } from "../values/investigation-report";
import { Involvement } from "../values/involvement";
import { LivingSituation } from "../values/living-situation";
import { Measure } from "../values/measure";
import { Reporter } from "../values/reporter";
import { SafetyPlan } from "../values/safety-plan";

export const ConcernReportConnection: ClassType<Connection<ConcernReport>> = connectionType(
  "ConcernReport",
  () => ConcernReport,
);
export const ContactNoteConnection: ClassType<Connection<ContactNote>> = connectionType(
  "ContactNote",
  () => ContactNote,
);

/** What a source gives of one household; a mapping fills it, `null` where the source holds nothing. */
export interface FamilyDossierData {
  readonly involvement: Involvement | null;
  readonly household: Household | null;
  readonly carePlan: CarePlan | null;
  readonly contactNotes: readonly ContactNote[];
  readonly safetyPlan: SafetyPlan | null;
  readonly concernReports: readonly ConcernReport[];
  readonly reporters: readonly Reporter[];
  readonly criminalRecords: readonly CriminalRecord[];
  readonly livingSituation: LivingSituation | null;
  readonly measures: readonly Measure[];
  readonly investigationReports: readonly InvestigationReport[];
  /** Marks of the record itself in the organisation's own words, for its local rules; no field gives them. */
  readonly marks?: readonly string[];
}

/** What an organisation holds about a household: data about all its members at once. */
@InterfaceType({ description: "What one organisation holds about a household (gezinsdossier)." })
export abstract class FamilyDossier {
  readonly data!: FamilyDossierData;

  @Field(() => Involvement, { nullable: true, description: "Involvement (betrokkenheid)." })
  @InCategory("INVOLVEMENT")
  involvement(): Involvement | null {
    return this.data.involvement;
  }

  @Field(() => Household, { nullable: true, description: "Household and authority (gezin en gezag)." })
  @InCategory("HOUSEHOLD")
  household(): Household | null {
    return this.data.household;
  }

  @Field(() => CarePlan, { nullable: true, description: "Plan of help (gezinsplan)." })
  @InCategory("CARE_PLAN")
  carePlan(): CarePlan | null {
    return this.data.carePlan;
  }

  @Field(() => ContactNoteConnection, { nullable: true, description: "Contact notes (contactnotities)." })
  @InCategory("CARE_PLAN")
  contactNotes(
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string,
  ): Connection<ContactNote> {
    return pageOf(this.data.contactNotes, first, after);
  }

  @Field(() => SafetyPlan, { nullable: true, description: "Safety plan (veiligheidsplan)." })
  @InCategory("SAFETY")
  safetyPlan(): SafetyPlan | null {
    return this.data.safetyPlan;
  }

  @Field(() => ConcernReportConnection, { nullable: true, description: "Reports of concern (meldingen)." })
  @InCategory("CONCERN_REPORT")
  concernReports(
    @Arg("first", () => Int, { defaultValue: PAGE_DEFAULT }) first: number,
    @Arg("after", () => String, { nullable: true }) after?: string,
  ): Connection<ConcernReport> {
    return pageOf(this.data.concernReports, first, after);
  }

  @Field(() => [Reporter], { nullable: true, description: "Reporters and informants (melders)." })
  @InCategory("REPORTER")
  reporters(): readonly Reporter[] {
    return this.data.reporters;
  }

  @Field(() => [CriminalRecord], { nullable: true, description: "Police information (politie-informatie)." })
  @InCategory("CRIMINAL")
  criminalRecords(): readonly CriminalRecord[] {
    return this.data.criminalRecords;
  }

  @Field(() => LivingSituation, { nullable: true, description: "Finance, housing, work (leefsituatie)." })
  @InCategory("LIVING_SITUATION")
  livingSituation(): LivingSituation | null {
    return this.data.livingSituation;
  }

  @Field(() => [Measure], { nullable: true, description: "Measures (maatregelen)." })
  @InCategory("MEASURE")
  measures(): readonly Measure[] {
    return this.data.measures;
  }

  @Field(() => [InvestigationReport], { nullable: true, description: "Reports of investigations." })
  @InCategory("INVESTIGATION_REPORT")
  investigationReports(): readonly InvestigationReport[] {
    return this.data.investigationReports;
  }
}
