// The case management of SAVE: tables, and a service for others that zaken.wsdl describes. It knows nothing of the hub.

import { readFileSync } from "node:fs";
import path from "node:path";
import type { Pool } from "pg";
import type { DemoSystem } from "../../../shared/demo-system/run-demo-system";
import { createSoapService, type Message } from "../../../shared/demo-system/soap-service";
import { caseMessages, participantMessages } from "./messages";

/** Participants in one part of the answer. */
const PART = 500;

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

export const system: DemoSystem = {
  organisation: "save",
  open: ({ database, settings: { SYSTEM_CLIENT: name, SYSTEM_SECRET: password = "" } }) => ({
    handle: createSoapService(
      {
        path: "/soap",
        namespace: "urn:save:zaken:0109",
        description: readFileSync(path.join(__dirname, "zaken.wsdl"), "utf8"),
        operations: {
          zaakLv01: async (asked) => giveCases(database, asked("nummer")),
          betrokkeneLv01: async (asked) => giveParticipants(database, asked("vervolg")[0] ?? ""),
        },
      },
      { name, password },
    ),
  }),
};

async function giveCases(database: Pool, numbers: readonly string[]): Promise<Message> {
  const { rows } = await database.query<{ message: Message }>(caseMessages, [numbers]);
  return { zaakLa01: { zaak: rows.map(({ message }) => withStufDates(message)) } };
}

async function giveParticipants(database: Pool, after: string): Promise<Message> {
  const { rows } = await database.query<{ message: Message; plaats: string }>(participantMessages, [
    after,
    PART,
  ]);
  const next = rows.length < PART ? {} : { vervolg: rows.at(-1)?.plaats ?? "" };
  return { betrokkeneLa01: { betrokkene: rows.map(({ message }) => message), ...next } };
}

/** 2020-08-31 is 20200831 in a message. */
function withStufDates(value: Message): Message {
  if (typeof value === "string") return value.replace(ISO_DATE, "$1$2$3");
  if (Array.isArray(value)) return value.map(withStufDates);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withStufDates(one)]));
}
