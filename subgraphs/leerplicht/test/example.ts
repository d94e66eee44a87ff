// Records of Leerplicht Utrecht as its tables give them, of nobody.

const PERSON = {
  naam: "Kind",
  geboren: "2012-05-04",
  rol: "KND",
  school: "Voorbeeldschool",
  verzuim: "Vier dagen.",
};

/** A household, of a kind. */
export const familyRecord = (soort: string): object => ({
  dossier: {
    begonnen: "2020-03-02",
    beeindigd: null,
    soort,
    contactpersoon: "Consulent",
    telefoon: "030-0000000",
    plan: "Wekelijks contact.",
  },
});

/** A person; a column that is not declared is not seen. */
export const personRecord = (bsn: string): object => ({ betrokkene: { ...PERSON, bsn } });
