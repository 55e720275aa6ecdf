import type { CiIdentitiesProps } from "./ci-identities-props";

type Deployment = Pick<CiIdentitiesProps, "deployBranch" | "deployEnvironment">;

/**
 * Expression (CEL) that tells a job's duty from GitHub's token: `deploy`, `plan` or `none`.
 *
 * One attribute for all that must hold together, since a grant can name only one. The branch alone would not do: `pull_request_target`
 * and `issue_comment` run on the main branch, set off by anybody, and often with a stranger's code. So the event counts, too. And an
 * environment's name alone would not do: a pull request's job may name any. On the branch, what doesn't deploy may still plan: by the clock, to
 * find drift, or before somebody approves a deploy.
 *
 * Of the subject only its end counts: what comes before names the repository, which the pool knows by its number already, in one of two
 * forms (`repo:acme/trips`, or with numbers, `repo:acme@12/trips@34`, where it was made, renamed or transferred since the summer of 2026).
 * GitHub writes a colon in an environment's name as %3A, so nobody can name one to end like another.
 *
 * @see https://cloud.google.com/iam/docs/workload-identity-federation#mapping
 * @see https://github.blog/changelog/2026-04-23-immutable-subject-claims-for-github-actions-oidc-tokens
 */
export function duty({ deployBranch = "main", deployEnvironment }: Deployment): string {
  const reviewed = `assertion.ref == "refs/heads/${deployBranch}"`;
  const started = ["push", "workflow_dispatch"].map(isEvent).join(" || ");
  const deploys = [
    reviewed,
    `(${started})`,
    ...(deployEnvironment === undefined ? [] : [`assertion.sub.endsWith(":environment:${deployEnvironment}")`]),
  ].join(" && ");
  const plans = `${isEvent("pull_request")} || (${reviewed} && (${started} || ${isEvent("schedule")}))`;
  return `${deploys} ? "deploy" : (${plans} ? "plan" : "none")`;
}

const isEvent = (name: string): string => `assertion.event_name == "${name}"`;
