import { layout } from "../../../subgraphs/veilig-thuis/demo/layout";
import { identityQuery } from "../../../subgraphs/veilig-thuis/demo/people";
import { system } from "../../../subgraphs/veilig-thuis/demo/system";
import { describeSeals } from "./describe-seals";
import { describeSource } from "./describe-source";
import { declaredOrganisation } from "./under-test";

const organisation = declaredOrganisation(system, layout, identityQuery);

describeSource(organisation, { families: 7, unborn: "VT-2009" });
describeSeals(organisation);
