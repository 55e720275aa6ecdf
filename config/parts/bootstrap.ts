import { z } from "zod";
import { email } from "./values";

const digits = (what: string) => z.string().regex(/^[0-9]+$/, `${what} in quotes, digits only`);

const budget = z.strictObject({
  amount: z
    .number()
    .int()
    .min(1)
    .default(50)
    .describe("What a month may cost, in whole units of the currency; mails warn, nothing is stopped."),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, "an ISO 4217 code such as EUR")
    .optional()
    .describe("Currency of the amount, which must be the billing account's; taken from there where nothing is set."),
  thresholds: z
    .array(z.number().gt(0, "a share of the amount above 0: 0.5 is half"))
    .default([0.5, 0.9, 1])
    .describe(
      "Shares of the amount at which a mail is sent once they are spent; another warns when Google forecasts more than the amount.",
    ),
  emails: z
    .array(email)
    .max(5, "at most 5 addresses: Google tells no more")
    .default([])
    .describe("Who is told besides the billing account's administrators."),
});

const github = z.strictObject({
  ownerId: digits("the owner's number on GitHub").describe(
    "Number of the repository's owner: `gh api repos/<owner>/<name> --jq .owner.id`.",
  ),
  repositoryId: digits("the repository's number on GitHub").describe("Number of the repository: `gh api repos/<owner>/<name> --jq .id`."),
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, "<owner>/<name>")
    .describe("The repository's name, as <owner>/<name>."),
  deployBranch: z
    .string()
    .regex(/^[\w./-]+$/, "a branch's name, without refs/heads/")
    .default("main")
    .describe("Branch whose jobs may deploy; jobs of pull requests may plan."),
  environment: z
    .string()
    .regex(/^[\w. -]+$/, "a deployment environment's name")
    .optional()
    .describe("Deployment environment on GitHub that a deploying job must have entered besides; the branch suffices where nothing is set."),
});

/** What comes before the platform: budget and the identities of continuous integration. The bucket of the state is always made. */
export const bootstrap = z.strictObject({
  billingAccount: z
    .string()
    .regex(/^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$/, "a billing account's id such as 01ABCD-23EF45-6789AB (`gcloud billing accounts list`)")
    .optional()
    .describe("Billing account that pays for the project; without it no budget is made. Whoever bootstraps must be its Costs Manager."),
  budget: budget.prefault({}).describe("When to warn that the project's month gets expensive. Free."),
  github: github.optional().describe("Whose jobs on GitHub plan and deploy; without it no identities are made for them. Free."),
});
