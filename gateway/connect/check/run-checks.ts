// Makes all checks, one after the other, and stops where the rest could not tell anything.

import { GraphQLError } from "graphql";
import type { Checked, Readable } from "./checked";
import { checkBadGrants, checkGoodGrant } from "./checks/grants";
import { checkClientCertificate, checkDoor, checkReachable, checkTls } from "./checks/reachable";
import { checkComposition, checkFields, checkInterfaces, checkRoots } from "./checks/schema";
import { checkDeadline, checkNoCitizensNumber, checkQuietErrors, checkValues } from "./checks/answers";
import { checkOutside } from "./checks/outside";
import { checkReferences, checkUnknown, checkVeto } from "./checks/records";
import { CHECKS, failed, notChecked, passed, type CheckCode, type Finding } from "./finding";
import { NoAnswer, remedyOf } from "./no-answer";
import { readSdl, schemaOfText } from "./read-schema";

/** Told before each group of checks: how many findings there are, of how many. */
export type Progress = (done: number, all: number) => void;

/** Every check that has no finding yet, as not checked for this cause. */
function theRest(findings: readonly Finding[], cause: string): Finding[] {
  const made = new Set(findings.map((one) => one.check));
  return (Object.keys(CHECKS) as CheckCode[])
    .filter((check) => !made.has(check))
    .map((check) => notChecked(check, cause, "Mend that first, and check again."));
}

const hasFailed = (findings: readonly Finding[], check: CheckCode): boolean =>
  findings.some((one) => one.check === check && one.level === "FAILED");

async function readable(checked: Checked): Promise<Readable | Finding> {
  const sdl = await readSdl(checked);
  if (sdl === undefined) {
    return failed(
      "SCHEMA_READABLE",
      "`{ _service { sdl } }` gave no text.",
      "Serve the schema as Apollo Federation 2 has it: a field `_service` with `sdl`.",
    );
  }
  try {
    return { ...checked, sdl, schema: schemaOfText(sdl) };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return failed("SCHEMA_READABLE", `The schema is not GraphQL: ${error.message}`, "Mend the schema.");
  }
}

/** All findings, one for each check, in the order of the list. Rejects only when the check itself breaks. */
export async function runChecks(checked: Checked, progress: Progress = () => undefined): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    return await allChecks(checked, findings, progress);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    // It answered at first: what it was asked then broke it, or it went away.
    const [next] = theRest(findings, "").map(({ check }) => check);
    const reachable = failed(
      "REACHABLE",
      `It answered at first, and no longer (${error.code}) when it was checked whether ${next === undefined ? "all is well" : CHECKS[next]}.`,
      remedyOf(error.code),
    );
    const others = findings.filter(({ check }) => check !== "REACHABLE");
    return inOrder([reachable, ...others, ...theRest([reachable, ...others], "It no longer answered.")]);
  }
}

async function allChecks(checked: Checked, findings: Finding[], progress: Progress): Promise<Finding[]> {
  const all = Object.keys(CHECKS).length;
  const add = async (made: Promise<Finding[]> | Finding[]): Promise<void> => {
    findings.push(...(await made));
    progress(findings.length, all);
  };
  await add(checkReachable(checked));
  await add(checkTls(checked));
  if (hasFailed(findings, "REACHABLE"))
    return inOrder([...findings, ...theRest(findings, "It could not be reached.")]);
  await add(checkClientCertificate(checked));
  await add(checkDoor(checked));
  await add(checkBadGrants(checked));
  await add(checkGoodGrant(checked));
  if (hasFailed(findings, "GRANT_ACCEPTED")) {
    return inOrder([...findings, ...theRest(findings, "A good grant was refused.")]);
  }
  const found = await readable(checked);
  if (!("schema" in found)) {
    findings.push(found);
    return inOrder([...findings, ...theRest(findings, "The schema could not be read.")]);
  }
  await add([passed("SCHEMA_READABLE")]);
  await add(checkFields(found));
  if (hasFailed(findings, "SCHEMA_FIELDS")) {
    return inOrder([
      ...findings,
      ...theRest(findings, "The organisation's field is not there as it should be."),
    ]);
  }
  await add(checkInterfaces(found));
  await add(checkRoots(found));
  const composition = checkComposition(found);
  await add(composition.findings);
  await add(checkReferences(found));
  await add(checkValues(found, composition.supergraph));
  await add(checkUnknown(found));
  await add(checkOutside(found));
  await add(checkVeto(found));
  await add(checkDeadline(found));
  await add(checkNoCitizensNumber(found));
  await add(checkQuietErrors(found));
  return inOrder(findings);
}

function inOrder(findings: readonly Finding[]): Finding[] {
  const order = Object.keys(CHECKS);
  return findings.toSorted((one, other) => order.indexOf(one.check) - order.indexOf(other.check));
}
