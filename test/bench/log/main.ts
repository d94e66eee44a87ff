// What the access log costs: writing it, one view with it, verifying it, and asking it.

import type { Benchmark } from "../kit/benchmark";
import { inGigabytes, requireSpace } from "../kit/space";
import { inWhole } from "../kit/table";
import { measureQuestions } from "./measure-questions";
import { measureVerification } from "./measure-verification";
import { measureLoggedViews } from "./measure-view";
import { measureWriting } from "./measure-writing";
import { reportOf } from "./report";
import { QUICK, sizesOf, WHOLE } from "./sizes";
import { TARGETS } from "./targets";

/** The benchmark of the access log. */
export const benchmark: Benchmark = {
  description: "what the access log costs: entries per second, one view with it, verifying it, asking it",
  sized: `entries of the log that is asked (${inWhole(WHOLE.asked)}; with --quick ${inWhole(QUICK.asked)}); a tenth is verified`,
  needs: `${inGigabytes(WHOLE.bytes)} of room there (with --quick ${inGigabytes(QUICK.bytes)}), and about half an hour`,
  run: async (options) => {
    const sizes = sizesOf(options);
    requireSpace(sizes.bytes, "ask for less with --quick or --entries");
    const { asked, verified, rounds } = sizes;
    const writing = await measureWriting(options, rounds.writing);
    const views = await measureLoggedViews(options, rounds.views);
    const verification = await measureVerification(options, rounds.verifying, verified);
    const questions = await measureQuestions(options, rounds.asking, asked);
    const figures = { writing, views, verification, questions };
    return { figures: { rounds, targets: TARGETS, ...figures }, text: reportOf(figures) };
  },
};
