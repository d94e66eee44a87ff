// How an organisation's process reaches its own system, for `npm start -- --help`; docs/operations.md says more. npm start tells
// each process it starts by itself.

const setting = (name, meaning) => ({
  name,
  default: "none; npm start tells each process",
  meaning: `Of an organisation's process that is started alone: ${meaning}`,
});

/** Which of them a process needs depends on the kind of source that its mapping file names. */
export const SOURCE_SETTINGS = [
  setting("SOURCE_DATABASE_URL", "its database, for a role that may only read."),
  setting("SOURCE_URL", "its API or service."),
  setting("SOURCE_TOKEN_URL", "where that API's tokens are given."),
  setting("SOURCE_CLIENT_ID", "as whom it asks for those."),
  setting("SOURCE_CLIENT_SECRET", "with which secret."),
  setting("SOURCE_USER", "as whom it asks that service."),
  setting("SOURCE_PASSWORD", "with which password."),
  setting("SOURCE_FOLDER", "the folder in which its system drops files."),
];
