// Commands find the database of a hub on one machine where the launcher put it, whichever region it runs.

import { embeddedHubUrl } from "../../../shared/launch/embedded-hub";
import { KEY_FILES, writeKeyFileOnce } from "../../../shared/launch/key-files";
import { readLauncherSettings } from "../../../shared/launch/settings";
import { makeTestFolder } from "../../kit/test-folders";

test.each(["utrecht", "amsterdam", "toekomstscenario"])("of %s", (region) => {
  const folder = makeTestFolder();
  writeKeyFileOnce(folder, KEY_FILES.databaseSecret, { secret: "c2VjcmV0" });
  const settings = readLauncherSettings({
    SCHAKEL_PORT: "21000",
    SCHAKEL_KEYS_DIR: folder,
    SCHAKEL_REGION: region,
  });
  expect(new URL(embeddedHubUrl(settings)).port).toBe(String(settings.postgresPort));
});
