import { layout } from "../../../subgraphs/lokalis/demo/layout";
import { lokalisSystem } from "../../../subgraphs/lokalis/source/lokalis-system";
import { withDatabase } from "../../kit/database";
import { describeSource } from "./describe-source";
import { queriedOrganisation } from "./under-test";

const organisation = queriedOrganisation(lokalisSystem, layout);

describeSource(organisation, { families: 15, unborn: "LOK-2009" });

describe("a file of Lokalis with more than one plan", () => {
  const database = withDatabase("empty");

  it("gives the newest of each, and says nothing of parents of whom it is not known whether they live apart", async () => {
    const [someone] = await organisation.seed(database.ownerUrl);
    const file = someone?.case_reference ?? "";
    for (const [number, day, text] of [
      [9001, "2099-01-01", "Het nieuwste."],
      [9002, "2098-01-01", "Een ouder."],
    ] as const) {
      for (const table of ["gezinsplannen", "veiligheidsplannen"]) {
        await database.owner.query(
          `insert into ${table} (plannummer, dossiernummer, samenvatting, vastgelegd_op) values ($1, $2, $3, $4)`,
          [number, file, text, day],
        );
      }
    }
    await database.owner.query("update huishoudens set ouders_gescheiden = 'O' where dossiernummer = $1", [
      file,
    ]);
    const pseudonymKey = { version: 1, secret: Buffer.alloc(32, 7) };
    const source = await organisation.open(database.ownerUrl, { pseudonymKey });
    const dossier = (await source.findFamilies([file])).get(file);
    await source.close();
    const newest = { summary: "Het nieuwste.", recordedOn: "2099-01-01" };
    expect(dossier).toMatchObject({ carePlan: newest, safetyPlan: newest, household: { separated: null } });
  });
});
