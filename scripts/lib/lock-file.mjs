// What package-lock.json should name but does not: the builds of native packages for other platforms.

const SYSTEMS = [
  "aix",
  "android",
  "darwin",
  "freebsd",
  "linux",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "win32",
];
const PROCESSORS = [
  "arm64",
  "arm",
  "ia32",
  "loong64",
  "mips64el",
  "ppc64",
  "riscv64",
  "s390x",
  "wasm32",
  "x64",
];

/** Entries for the optional packages that no entry of the lock file stands for, by their place. */
export function missingPlatformPackages({ packages }) {
  const missing = {};
  for (const [place, parent] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(parent.optionalDependencies ?? {})) {
      if (findEntry(packages, place, name)) continue;
      missing[`node_modules/${name}`] = {
        version,
        ...platformOf(name),
        ...(parent.dev ? { dev: true } : {}),
        optional: true,
      };
    }
  }
  return missing;
}

/** Looks where Node would: beside the package, then one `node_modules` up at a time. */
function findEntry(packages, place, name) {
  for (let from = place; ; from = from.slice(0, Math.max(from.lastIndexOf("/node_modules/"), 0))) {
    const entry = packages[`${from === "" ? "" : `${from}/`}node_modules/${name}`];
    if (entry || from === "") return entry;
  }
}

/** Such packages carry their platform in their name: binding-linux-x64-musl. */
function platformOf(name) {
  const words = name.slice(name.lastIndexOf("/") + 1).split("-");
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu)
    throw new Error(`${name} is optional and missing in package-lock.json, and names no platform.`);
  const libc = os !== "linux" ? undefined : words.some((word) => word.startsWith("musl")) ? "musl" : "glibc";
  return { cpu: [cpu], ...(libc ? { libc: [libc] } : {}), os: [os] };
}
