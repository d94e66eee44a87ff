import { scoreOf } from "../../../shared/sources/dossier-item";
import { describeFailure, sourceUnavailable } from "../../../shared/sources/source-failure";

const failing = (code: string) => Object.assign(new Error("Key (bsn)=(999910000) already exists."), { code });

describe("a safety score", () => {
  it("stays as it is on the scale", () => {
    expect(scoreOf(0, "Zin.")).toEqual({ score: 0, sentence: "Zin." });
    expect(scoreOf(10, null)).toEqual({ score: 10, sentence: null });
    expect(scoreOf(null, "Niet gevraagd.")).toEqual({ score: null, sentence: "Niet gevraagd." });
  });

  it.each([11, -1, 6.5])("is told in words when it is off the scale (%d)", (score) => {
    expect(scoreOf(score, "Zin.")).toEqual({
      score: null,
      sentence: `Cijfer buiten de schaal (${score}). Zin.`,
    });
  });
});

describe("a failure of a system", () => {
  it.each([
    ["57014", "TIMEOUT"],
    ["ECONNREFUSED", "UNREACHABLE"],
    ["57P01", "UNREACHABLE"],
    ["08006", "UNREACHABLE"],
    ["28P01", "UNREACHABLE"],
    ["42P01", "FAILED"],
    ["23505", "FAILED"],
  ])("with code %s has cause %s", (code, cause) => {
    expect(describeFailure(failing(code))).toEqual({ cause, code });
  });

  it("of the driver itself has a cause too", () => {
    expect(describeFailure(new Error("Query read timeout")).cause).toBe("TIMEOUT");
    expect(describeFailure(new Error("Connection terminated unexpectedly")).cause).toBe("UNREACHABLE");
    // MariaDB's max_statement_time, for which mysql2 has no word.
    const late = Object.assign(new Error("Query execution was interrupted"), { code: "", errno: 1969 });
    expect(describeFailure(late)).toEqual({ cause: "TIMEOUT", code: null });
    expect(describeFailure("odd").cause).toBe("FAILED");
  });

  it("says nothing of what the driver quotes", () => {
    const text = JSON.stringify([describeFailure(failing("23505")), sourceUnavailable("FAILED")]);
    expect(text).not.toContain("999910000");
  });
});
