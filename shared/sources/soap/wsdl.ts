// Whether a service has what the mapping file asks of it, by its description (WSDL 1.1).

import { readFileSync } from "node:fs";
import { SaxesParser } from "saxes";
import { SettingsError } from "../../kernel/settings";
import type { SoapSource } from "./settings";

/** What a description says that a question depends on. */
interface ServiceDescription {
  readonly namespace: string | undefined;
  readonly actions: ReadonlySet<string>;
  /** Names of all elements that its schemas declare. */
  readonly elements: ReadonlySet<string>;
}

function readDescription(file: string): ServiceDescription {
  const actions = new Set<string>();
  const elements = new Set<string>();
  let namespace: string | undefined;
  const parser = new SaxesParser({ xmlns: true });
  const refuse = (): never => {
    throw new SettingsError([`source: ${file} is no description of a service`]);
  };
  parser.on("error", refuse);
  parser.on("doctype", refuse);
  parser.on("opentag", ({ local, attributes }) => {
    const valueOf = (name: string): string => attributes[name]?.value ?? "";
    if (local === "definitions") namespace = valueOf("targetNamespace");
    if (local === "operation" && attributes["soapAction"]) actions.add(valueOf("soapAction"));
    if (local === "element" && attributes["name"]) elements.add(valueOf("name"));
  });
  parser.write(readFileSync(file, "utf8")).close();
  return { namespace, actions, elements };
}

/** Throws a SettingsError that names every operation and element that the service does not have. */
export function checkService(file: string, { namespace, cases, identities }: SoapSource): void {
  const described = readDescription(file);
  const faults =
    described.namespace === namespace ? [] : [`source: the service has the namespace ${described.namespace}`];
  for (const { action } of [cases, identities]) {
    if (!described.actions.has(action)) faults.push(`source: the service has no operation ${action}`);
  }
  const names = [cases, identities].flatMap(({ question, items }) => [question, ...items.split(".")]);
  const { reference, number, bsn, next } = identities;
  const inPeople = [reference, number, bsn, next?.answer ?? [], next?.question ?? []].flat();
  for (const name of new Set([...names, cases.reference, ...inPeople.flatMap((one) => one.split("."))])) {
    if (!described.elements.has(name)) faults.push(`source: the service has no element ${name}`);
  }
  if (faults.length > 0) throw new SettingsError(faults);
}
