// Where an organisation's messages of the chain go, by the settings of its process.

import path from "node:path";
import type { SettingsCheck } from "../../kernel/settings";
import type { Region } from "../../region/region";
import type { SubgraphEnvironment, SubgraphSettings } from "../settings";
import type { MessageAddress } from "./message-sender";

const THIS_MACHINE = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The address; undefined where none is set. `region` says under which OIN the organisation is known. */
export function messageAddressOf(settings: SubgraphSettings, region: Region): MessageAddress | undefined {
  const { SCHAKEL_STUF_URL: url, SCHAKEL_STUF_TLS_DIR: directory, SCHAKEL_STUF_SECRET: password } = settings;
  if (url === undefined) return undefined;
  const { name } = settings;
  const oin = region.organisations.find(({ code }) => code === name)?.chain?.oin ?? name;
  const isProduction = settings.NODE_ENV === "production";
  return {
    url: new URL(url),
    tls: directory === undefined ? undefined : { directory: path.resolve(directory), name, isProduction },
    user: password === undefined ? undefined : { name: oin, password },
  };
}

/** For readSettings: citizens' numbers and the words about a family travel over TLS, in production over mutual TLS. */
export const checkMessageAddress: SettingsCheck<SubgraphEnvironment> = (valid) => {
  const { SCHAKEL_STUF_URL: given, SCHAKEL_STUF_TLS_DIR: directory, NODE_ENV } = valid;
  if (given === undefined) return [];
  const faults: string[] = [];
  const url = new URL(given);
  if (url.username !== "" || url.password !== "") {
    faults.push("SCHAKEL_STUF_URL: a URL without a name and a password in it");
  }
  const isProduction = NODE_ENV === "production";
  if (url.protocol !== "https:" && (isProduction || !THIS_MACHINE.has(url.hostname))) {
    faults.push("SCHAKEL_STUF_URL: an https:// URL; http:// only to this machine, and not in production");
  }
  if (isProduction && directory === undefined) {
    faults.push("SCHAKEL_STUF_TLS_DIR: is needed in production, for mutual TLS with the node");
  }
  return faults;
};
