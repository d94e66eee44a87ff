import { layout } from "../../../subgraphs/veilig-thuis/demo/layout";
import { veiligThuisSystem } from "../../../subgraphs/veilig-thuis/source/veilig-thuis-system";
import { describeSeals } from "./describe-seals";
import { describeSource } from "./describe-source";
import { queriedOrganisation } from "./under-test";

const organisation = queriedOrganisation(veiligThuisSystem, layout);

describeSource(organisation, { families: 7, unborn: "VT-2009" });
describeSeals(organisation);
