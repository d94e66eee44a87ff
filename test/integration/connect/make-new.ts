// `npm run connect -- new` in this process, for the region of the demo.

import { PassThrough } from "node:stream";
import { runConnectCommand } from "../../../gateway/connect/connect-command";
import type { NewSourceKind } from "../../../gateway/connect/new/new-organisation";

/** How the command ended. */
export interface Outcome {
  readonly code: number;
  readonly printed: string;
  readonly said: string;
}

/** Runs the command in this process; `typed` at a terminal, where it is given. */
export async function connect(
  args: readonly string[],
  settings: NodeJS.ProcessEnv,
  typed?: string,
): Promise<Outcome> {
  const [printed, said]: [string[], string[]] = [[], []];
  const input = new PassThrough();
  if (typed !== undefined) input.write(typed);
  const code = await runConnectCommand(args, settings, {
    print: (text) => printed.push(text),
    say: (text) => said.push(text),
    ...(typed === undefined ? {} : { terminal: { input, output: new PassThrough() } }),
  });
  return { code, printed: printed.join("\n"), said: said.join("\n") };
}

/** What a school is called whose system is of this kind; one of them has an article of its own. */
export const titleOf = (kind: NewSourceKind): string => (kind === "sql" ? "The School" : `School ${kind}`);

/** Every flag that has to be given, for a school whose system is of this kind. */
export const flagsOf = (kind: NewSourceKind, into: string): readonly string[] => [
  "--title",
  titleOf(kind),
  "--kind",
  "LOCAL_TEAM",
  "--source",
  kind,
  "--phone",
  "030-0000009",
  "--into",
  into,
];

/** Has a folder written for an organisation of this name. */
export const makeNew = (code: string, flags: readonly string[], typed?: string): Promise<Outcome> =>
  connect(["new", code, ...flags], { SCHAKEL_REGION: "utrecht" }, typed);

/** What the command says must stand in the region file. */
export const entryIn = (printed: string): object =>
  JSON.parse(/^\{\n[^]*?^\}$/m.exec(printed)?.[0] ?? "") as object;
