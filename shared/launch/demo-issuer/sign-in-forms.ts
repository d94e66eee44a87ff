// The steps of signing in: who and password, the code of a second factor, or a confirmation by who is signed in already.

import express, { Router, type Request, type RequestHandler, type Response } from "express";
import type { InteractionResults, Provider } from "oidc-provider";
import type { Logger } from "../../kernel/logger";
import { DEMO_SECOND_FACTOR } from "../../kernel/token-claims";
import type { Persona } from "../../region/demo";
import { CLAIM_WORDS, findByWorker } from "./accounts";
import { DEMO_PASSWORD } from "./clients";
import { issuerPath } from "./issuer-settings";
import { codePage, confirmPage, errorPage, signInPage, type SignInView } from "./pages";
import { askedClaims, asksSecondFactor } from "./policy";
import { countFailure, newCode, sameSecret, SignInsUnderWay } from "./sign-ins-under-way";

/** A persona and a password are far shorter. */
const BODY_LIMIT = "4kb";

/** What the forms stand on. */
export interface SignInFormsOptions {
  readonly provider: Provider;
  readonly issuer: string;
  /** Of this issuer; it knows no others. */
  readonly personas: readonly Persona[];
  readonly name: string;
  /** Origin of all issuers: the only one from which a form is accepted. */
  readonly origin: string;
  readonly log: Logger;
}

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;
type Step = (request: Request, response: Response, interaction: Interaction) => Promise<void>;

const STOPPED: InteractionResults = { error: "access_denied" };

const field = ({ body }: Request, name: string): string => {
  const value = (body as Readonly<Record<string, unknown>> | undefined)?.[name];
  return typeof value === "string" ? value : "";
};

/** The forms of one issuer, below `/interaction`. */
export function signInForms({ provider, issuer, personas, name, origin, log }: SignInFormsOptions): Router {
  const underWay = new SignInsUnderWay();
  const viewOf = ({ uid }: Interaction): SignInView => ({
    issuerName: name,
    path: `${issuerPath(issuer)}/interaction/${uid}`,
  });

  const finish = async (
    request: Request,
    response: Response,
    { uid }: Interaction,
    result: InteractionResults,
  ): Promise<void> => {
    underWay.end(uid);
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  };

  /** Writes down what the application may be told: who it is, and the claims that it asked. */
  const allow = async (worker: string, { params, grantId }: Interaction): Promise<string> => {
    const kept = grantId === undefined ? undefined : await provider.Grant.find(grantId);
    const reusable = kept?.accountId === worker ? kept : undefined;
    const grant =
      reusable ?? new provider.Grant({ accountId: worker, clientId: String(params["client_id"]) });
    grant.addOIDCScope("openid");
    const asked = Object.keys(askedClaims(params)).filter((one) => Object.hasOwn(CLAIM_WORDS, one));
    if (asked.length > 0) grant.addOIDCClaims(asked);
    return await grant.save();
  };

  const signedIn = async (
    request: Request,
    response: Response,
    interaction: Interaction,
    persona: Persona,
    secondFactor: boolean,
  ): Promise<void> => {
    const how = secondFactor ? { acr: DEMO_SECOND_FACTOR, amr: ["pwd", "otp", "mfa"] } : { amr: ["pwd"] };
    await finish(request, response, interaction, {
      login: { accountId: persona.worker, ...how },
      consent: { grantId: await allow(persona.worker, interaction) },
    });
  };

  const show: Step = async (_request, response, interaction) => {
    const { prompt, session, uid, params } = interaction;
    const view = viewOf(interaction);
    const { waiting } = underWay.of(uid);
    const present = findByWorker(personas, session?.accountId ?? "");
    if (prompt.name === "consent" && present) {
      const client = await provider.Client.find(String(params["client_id"]));
      const asked = Object.keys(askedClaims(params));
      response.send(confirmPage(view, present.code, client?.clientName ?? "Schakel", asked));
    } else if (waiting) {
      response.send(codePage(view, waiting.code, false));
    } else {
      const canSkip = !asksSecondFactor(params);
      const form = { failed: false, chosen: present?.code, canSkip };
      response.send(signInPage(view, personas, form));
    }
  };

  const signIn: Step = async (request, response, interaction) => {
    const { uid, params } = interaction;
    const signInNow = underWay.of(uid);
    const chosen = field(request, "persona");
    const persona = personas.find(({ code }) => code === chosen);
    const right = sameSecret(field(request, "password"), DEMO_PASSWORD);
    const canSkip = !asksSecondFactor(params);
    if (!persona || !right) {
      if (countFailure(signInNow)) return finish(request, response, interaction, STOPPED);
      const page = signInPage(viewOf(interaction), personas, { failed: true, chosen, canSkip });
      response.status(400).send(page);
    } else if (!canSkip || (persona.secondFactor && field(request, "skip") === "")) {
      signInNow.waiting = { persona, code: newCode() };
      response.redirect(303, viewOf(interaction).path);
    } else {
      await signedIn(request, response, interaction, persona, false);
    }
    return undefined;
  };

  const enterCode: Step = async (request, response, interaction) => {
    const signInNow = underWay.of(interaction.uid);
    const { waiting } = signInNow;
    if (!waiting) {
      response.redirect(303, viewOf(interaction).path);
    } else if (sameSecret(field(request, "code"), waiting.code)) {
      await signedIn(request, response, interaction, waiting.persona, true);
    } else if (countFailure(signInNow)) {
      await finish(request, response, interaction, STOPPED);
    } else {
      response.status(400).send(codePage(viewOf(interaction), waiting.code, true));
    }
  };

  const confirm: Step = async (request, response, interaction) => {
    const { prompt, session } = interaction;
    const present = findByWorker(personas, session?.accountId ?? "");
    if (prompt.name !== "consent" || !present) {
      response.redirect(303, viewOf(interaction).path);
      return;
    }
    await finish(request, response, interaction, {
      consent: { grantId: await allow(present.worker, interaction) },
    });
  };

  const stop: Step = async (request, response, interaction) =>
    finish(request, response, interaction, STOPPED);

  /** A step of the sign-in that this browser began, and of no other: its cookie has to name it. */
  const step =
    (work: Step): RequestHandler =>
    async (request, response) => {
      let interaction: Interaction;
      try {
        interaction = await provider.interactionDetails(request, response);
      } catch (error) {
        log.debug({ error }, "no sign-in under way");
        response.status(400).send(errorPage("session_not_found"));
        return;
      }
      if (interaction.uid === request.params["uid"]) await work(request, response, interaction);
      else response.status(400).send(errorPage("session_not_found"));
    };

  const fromOwnPage: RequestHandler = ({ headers }, response, next) => {
    if (headers.origin === origin) next();
    else response.status(403).send(errorPage("access_denied"));
  };

  const router = Router();
  const form = express.urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: 10 });
  router.get("/:uid", step(show));
  router.post("/:uid/sign-in", fromOwnPage, form, step(signIn));
  router.post("/:uid/code", fromOwnPage, form, step(enterCode));
  router.post("/:uid/confirm", fromOwnPage, step(confirm));
  router.post("/:uid/stop", fromOwnPage, step(stop));
  return router;
}
