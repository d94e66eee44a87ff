import { layout } from "../../../subgraphs/veilig-thuis/demo/layout";
import { veiligThuisSystem } from "../../../subgraphs/veilig-thuis/source/veilig-thuis-system";
import { describeSeals } from "./describe-seals";
import { describeSource } from "./describe-source";

describeSource({
  system: veiligThuisSystem,
  layout,
  folder: "veilig-thuis",
  families: 7,
  unborn: "VT-2009",
});
describeSeals({ system: veiligThuisSystem, layout, folder: "veilig-thuis" });
