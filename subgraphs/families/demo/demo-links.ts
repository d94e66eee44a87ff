// What the organisations' demos say of the families that they know: case references and pseudonyms.

import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const DemoLinks = z.array(
  z.strictObject({
    familyId: z.string(),
    caseReference: z.string().min(1),
    persons: z.array(z.strictObject({ personId: z.string(), pseudonym: z.string().min(1) })),
  }),
);
export type DemoLink = z.infer<typeof DemoLinks>[number];

/** Links by organisation, then by family. */
export type DemoLinksByOrganisation = ReadonlyMap<string, ReadonlyMap<string, DemoLink>>;

const LINKS_FILE = /^links-([a-z][a-z0-9-]*)\.json$/;

/** Reads every `links-<organisation>.json` of a folder; a folder that is not there has none. */
export async function readDemoLinks(directory: string): Promise<DemoLinksByOrganisation> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const links = new Map<string, ReadonlyMap<string, DemoLink>>();
  for (const name of names) {
    const organisation = LINKS_FILE.exec(name)?.[1];
    if (organisation === undefined) continue;
    const read = DemoLinks.parse(JSON.parse(await readFile(path.join(directory, name), "utf8")));
    links.set(organisation, new Map(read.map((link) => [link.familyId, link])));
  }
  return links;
}
