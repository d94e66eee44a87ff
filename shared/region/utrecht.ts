// Utrecht: the region of the pilot in Overvecht. Phone numbers other than Veilig Thuis are fictitious.

export const UTRECHT = {
  code: "utrecht",
  name: "Utrecht",
  organisations: [
    {
      code: "lokalis",
      name: "Lokalis",
      kind: "LOCAL_TEAM",
      legalEntity: "lokalis",
      field: "lokalis",
      phone: "030-0000001",
    },
    {
      code: "veilig-thuis",
      name: "Veilig Thuis Utrecht",
      kind: "SAFE_HOME",
      legalEntity: "svmn",
      field: "veiligThuis",
      phone: "0800-2000",
    },
    {
      code: "save",
      name: "SAVE",
      kind: "CERTIFIED_AGENCY",
      legalEntity: "svmn",
      field: "save",
      phone: "030-0000003",
    },
    {
      code: "rvdk",
      name: "Raad voor de Kinderbescherming",
      kind: "CHILD_PROTECTION_BOARD",
      legalEntity: "rvdk",
      field: "rvdk",
      phone: "030-0000004",
    },
    {
      code: "wss",
      name: "William Schrikker Stichting",
      kind: "CERTIFIED_AGENCY",
      legalEntity: "wss",
      field: "wss",
      phone: "030-0000005",
    },
  ],
  consultationChair: { organisation: "municipality", workerFunction: "PROCESS_LEAD" },
  // A proposal: six weeks of waiting in all, as long as one plan may take.
  familyWait: { warnDays: 35, normDays: 42 },
  hubSubgraphs: ["families", "referrals", "access-log"],
} as const;
