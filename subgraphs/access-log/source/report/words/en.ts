// A report in English.

import type { ReportWords } from "./report-words";

/** The words. */
export const EN: ReportWords = {
  locale: "en-GB",
  title: {
    SELF: "Who looked at information about you?",
    CHILD: "Who looked at information about your child?",
  },
  explanation: [
    "This overview shows which organisation saw information or asked for it, when and why.",
    "It does not have the names of workers. You can ask the organisation for those.",
    "Some things are left out for everybody: reports of concern, who made a report, reports of an investigation, information from the police, and secret addresses. It also says nothing about other people in your family.",
    "Is it about a child under 16, or about the whole family? Then it says what was asked for, but not whether it was given.",
    "What Veilig Thuis does, what is done for an investigation, and what is done in direct danger, appears after four weeks. Sometimes it takes longer, when that is needed to protect someone or for an investigation.",
    "Is something wrong, or do you want to know more? Ask the organisation that is named. You can make a complaint there too.",
  ],
  nothing: "There is nothing to show.",
  functions: {
    WORKER: "a worker of the neighbourhood team",
    ASSESSOR: "a worker who looks whether people are safe",
    ADVISOR: "a worker who gives advice",
    GUARDIAN: "a child protection worker",
    VOLUNTARY_WORKER: "a worker who gives voluntary help",
    PROBATION_OFFICER: "a youth probation worker",
    DUO_MEMBER: "one of the two regular workers of your family",
    INVESTIGATOR: "an investigator",
    REVIEWER: "someone who checks a measure",
    PRIVACY_OFFICER: "someone who watches over privacy",
    OPERATOR: "a system operator",
    YOUNG_PERSON: "a young person",
    PARENT: "a parent",
    PROCESS_LEAD: "a process facilitator",
    POLICY_STAFF: "a worker of the municipality",
    OFFICIAL: "someone of the police, the courts or an inspectorate",
  },
  categories: {
    IDENTITY: "name, address and contact",
    HOUSEHOLD: "who belongs to the family and who has parental authority",
    INVOLVEMENT: "which organisation helps",
    CARE_PLAN: "the plan and the help",
    SAFETY: "safety",
    CONCERN_REPORT: "reports of concern",
    REPORTER: "who made a report",
    CHILD_HEALTH: "health",
    PARENT_HEALTH: "health",
    CRIMINAL: "police and courts",
    EDUCATION: "school",
    LIVING_SITUATION: "money, housing and work",
    MEASURE: "a measure of the court",
    INVESTIGATION_REPORT: "reports of an investigation",
    SECRET_ADDRESS: "a secret address",
  },
  why: {
    CARE: "To help, and to arrange that help with others.",
    CONSULT: "To ask or give advice.",
    SAFETY_ASSESSMENT: "To see whether everybody is safe.",
    INVESTIGATION: "To find out whether help or protection is needed.",
    INDEPENDENT_REVIEW: "To check whether a measure of the court is, or stays, needed.",
    MEASURE_EXECUTION: "To carry out a measure of the court.",
    REFERRAL: "To have another organisation help, or to take over help.",
    ACUTE_SAFETY: "Because there may have been direct danger.",
    SUBJECT_RIGHTS: "Because someone wanted to see or correct information.",
    OVERSIGHT: "To check that all goes well.",
  },
  noWhy: "No reason was given.",
  ground: {
    CARE: "For voluntary help, an organisation may see information of another one when there is consent (Jeugdwet, article 7.3.11).",
    CONSULT:
      "For advice, an organisation may see information of another one when there is consent (Jeugdwet, article 7.3.11).",
    SAFETY_ASSESSMENT:
      "It is the task of Veilig Thuis to do this, also without consent (Wmo 2015, article 5.1.6).",
    INVESTIGATION:
      "It is the task of Veilig Thuis and of the child protection board to find this out (Wmo 2015, article 5.1.6; Burgerlijk Wetboek, article 1:238).",
    INDEPENDENT_REVIEW:
      "It is the task of the child protection board to check this (Burgerlijk Wetboek, articles 1:265d and 1:265j).",
    MEASURE_EXECUTION:
      "The court ordered a measure. Who carries it out may ask for what that takes (Jeugdwet, article 7.3.11, paragraph 4).",
    REFERRAL:
      "Organisations may give each other what is needed to hand over help (Jeugdwet, article 2.4; Wmo 2015, article 4.1.1).",
    ACUTE_SAFETY:
      "In direct danger, an organisation may see what is needed to protect someone (GDPR, article 6(1)(d)).",
    SUBJECT_RIGHTS:
      "Everybody may see their own information and have it corrected (GDPR, articles 15 to 18).",
    OVERSIGHT: "Organisations must be able to show that they keep to the law (GDPR, article 5(2)).",
  },
  noGround: "Without a reason nobody may see anything.",
  when: (day, hour) => `${day}, between ${hour}:00 and ${hour + 1}:00`,
  who: (organisation, workerFunction) => `${organisation}: ${workerFunction}.`,
  given: (about, kinds) => `Seen about ${about === "SELF" ? "you" : "your child"}: ${kinds}.`,
  notGiven: (about, kinds) =>
    `Asked about ${about === "SELF" ? "you" : "your child"}, but not given: ${kinds}.`,
  asked: (about, kinds) => `Asked about ${about === "SELF" ? "you" : "your child"}: ${kinds}.`,
  household: (kinds) => `Asked about your family: ${kinds}.`,
  refused: "Someone tried to look. That was not allowed, and nothing was given.",
};
