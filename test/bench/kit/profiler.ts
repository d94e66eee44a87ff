// A CPU profile of a process that a benchmark started, on demand.

import { Session, type Profiler } from "node:inspector";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeFileSync } from "node:fs";

/** Microseconds between two looks at what runs. */
const SAMPLING_US = 200;

/** Answers for `talkToParent`: `profileStart`, and `profileStop`, which says the file that the profile was written to. */
export function profiler(): Readonly<Record<"profileStart" | "profileStop", () => unknown>> {
  const session = new Session();
  return {
    profileStart: () => {
      session.connect();
      session.post("Profiler.enable");
      session.post("Profiler.setSamplingInterval", { interval: SAMPLING_US });
      session.post("Profiler.start");
      return null;
    },
    profileStop: () => {
      // The session is of this very process, so it answers before `post` returns.
      let profile: Profiler.Profile | undefined;
      session.post("Profiler.stop", (_error, stopped) => {
        profile = stopped.profile;
      });
      session.disconnect();
      const file = join(tmpdir(), `schakel-bench-${process.pid}.cpuprofile`);
      writeFileSync(file, JSON.stringify(profile));
      return file;
    },
  };
}
