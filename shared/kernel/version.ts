// The version of the hub's own software, as services say it of themselves; package.json has the same, a test compares.

export const HUB_VERSION = "0.1.0";
