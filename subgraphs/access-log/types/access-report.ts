import { GraphQLLocalDate } from "graphql-scalars";
import { Field, ID, Int, ObjectType } from "type-graphql";
import { CategoryCode, PurposeCode } from "../../../shared/contract/code-enums";
import { PageInfo } from "../../../shared/contract/values/connection";
import type { Category, Purpose } from "../../../shared/kernel/codes";
import type { ReportedHow } from "../source/report/tell";
import { ReportedHowCode } from "./access-report-enums";

@ObjectType({ description: "A part of a line: kinds of information, and how asking for them ended." })
export class AccessReportPart {
  @Field(() => ReportedHowCode, { description: "How it ended, as far as a report says so." })
  how!: ReportedHow;

  @Field(() => [CategoryCode], { description: "Kinds of information (gegevenssoorten)." })
  categories!: readonly Category[];

  @Field(() => String, { description: "The same in one sentence." })
  sentence!: string;
}

@ObjectType({
  description:
    "Who looked (wie heeft gekeken): what one organisation did in one function, for one purpose, within one hour.",
})
export class AccessReportLine {
  @Field(() => GraphQLLocalDate, { description: "Day, in the Netherlands." })
  day!: string;

  @Field(() => Int, { description: "Hour of that day: 21 is between nine and ten in the evening." })
  hour!: number;

  @Field(() => String, { description: "Day and hour in words." })
  when!: string;

  @Field(() => String, { description: "Name of the organisation." })
  organisation!: string;

  @Field(() => ID, { description: "Its code, for a complaint." })
  organisationCode!: string;

  @Field(() => String, {
    description: "In which function, in words; who it was is for the organisation to say.",
  })
  workerFunction!: string;

  @Field(() => PurposeCode, { nullable: true, description: "What for (doel); empty when none was stated." })
  purpose!: Purpose | null;

  @Field(() => String, { description: "Why, in plain words." })
  why!: string;

  @Field(() => String, { description: "What allows it, in one plain sentence (grondslag)." })
  ground!: string;

  @Field(() => [AccessReportPart], { description: "Which kinds of information." })
  what!: readonly AccessReportPart[];

  @Field(() => String, { description: "All of it as one text." })
  text!: string;
}

@ObjectType({ description: "One line in a page of a report." })
export class AccessReportEdge {
  @Field(() => String, { description: "Cursor of this line." })
  cursor!: string;

  @Field(() => AccessReportLine, { description: "The line." })
  node!: AccessReportLine;
}

@ObjectType({ description: "A page of the report of who looked (overzicht van inzage), newest first." })
export class AccessReport {
  @Field(() => String, { description: "What this is, as a question that it answers." })
  title!: string;

  @Field(() => [String], {
    description: "What stands in it, what never does, and what one can do; the same for everybody.",
  })
  explanation!: readonly string[];

  @Field(() => [AccessReportEdge], { description: "The lines of this page." })
  edges!: AccessReportEdge[];

  @Field(() => PageInfo, { description: "Where this page ends." })
  pageInfo!: PageInfo;
}
