// Holds the versions of package-lock.json against the advisories that the project keeps.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import semver from "semver";
import { ROOT } from "./project.mjs";

/** Advisories, and those of the npm service that are accepted for a while: `{advisory, reason, until: YYYY-MM-DD}`. */
export const readAdvisories = () =>
  JSON.parse(readFileSync(join(ROOT, "scripts", "advisories.json"), "utf8"));

/** Name and version of everything that a lock file names, each once; the project itself is not among them. */
export function lockedPackages({ packages }) {
  const all = Object.entries(packages)
    .filter(([place, { link }]) => place !== "" && !link)
    .map(([place, { name, version }]) => ({
      // An alias says what it really is.
      name: name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length),
      version,
    }));
  const byId = new Map(all.map((one) => [`${one.name}@${one.version}`, one]));
  return [...byId.values()].toSorted(
    (one, other) => compare(one.name, other.name) || compare(one.version, other.version),
  );
}

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

/** Locked versions inside an affected range, with the advisory. Throws when a range or a version cannot be read. */
export function knownFindings(lock, advisories) {
  const locked = lockedPackages(lock);
  return advisories.flatMap((one) => {
    if (semver.validRange(one.affected) === null)
      throw new Error(`${one.advisory}: ${one.affected} is no range.`);
    return locked
      .filter(({ name }) => one.packages.includes(name))
      .filter(({ name, version }) => {
        if (semver.valid(version) === null) throw new Error(`${name}: ${version} is no version.`);
        return semver.satisfies(version, one.affected, { includePrerelease: true });
      })
      .map(({ name, version }) => ({ name, version, ...one }));
  });
}

/** What `npm audit --json` found, less what is accepted on that day (YYYY-MM-DD); undefined when it gave no findings at all. */
export function auditFindings(report, accepted, today) {
  if (typeof report?.vulnerabilities !== "object" || report.vulnerabilities === null) return undefined;
  const held = new Set(accepted.filter(({ until }) => today <= until).map(({ advisory }) => advisory));
  return Object.values(report.vulnerabilities).flatMap(({ name, severity, range, via }) =>
    via
      .filter((cause) => typeof cause === "object")
      .map(({ title, url }) => ({
        name,
        severity,
        range,
        title,
        advisory: url.slice(url.lastIndexOf("/") + 1),
      }))
      .filter(({ advisory }) => !held.has(advisory)),
  );
}
