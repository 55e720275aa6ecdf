import type { CiIdentitiesProps } from "./ci-identities-props";

type Deployment = Pick<CiIdentitiesProps, "repository" | "deployBranch" | "deployEnvironment">;

/**
 * Expression (CEL) that tells a job's duty from GitHub's token: `deploy`, `plan` or `none`.
 *
 * One attribute for all that must hold together, since a grant can name only one. The branch alone would not do: `pull_request_target`
 * and `issue_comment` run on the main branch, set off by anybody, and often with a stranger's code. So the event counts, too. And an
 * environment's name alone would not do: a pull request's job may name any.
 *
 * @see https://cloud.google.com/iam/docs/workload-identity-federation#mapping
 */
export function duty({ repository, deployBranch = "main", deployEnvironment }: Deployment): string {
  const deploys = [
    `assertion.ref == "refs/heads/${deployBranch}"`,
    '(assertion.event_name == "push" || assertion.event_name == "workflow_dispatch")',
    ...(deployEnvironment === undefined ? [] : [`assertion.sub == "repo:${repository}:environment:${deployEnvironment}"`]),
  ].join(" && ");
  return `${deploys} ? "deploy" : (assertion.event_name == "pull_request" ? "plan" : "none")`;
}
