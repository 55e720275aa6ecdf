import { loadConfigurations } from "../../config/load";
import { CommandError } from "../terminal/failure";

/** @throws CommandError in a job of GitHub's, for an environment whose Postgres would be a container on the job's own machine, and end with it */
export function refuseDockerOnGitHub(stack: string, variables: NodeJS.ProcessEnv = process.env): void {
  if (variables.GITHUB_ACTIONS !== "true") return;
  const found = loadConfigurations({ variables }).find(({ name }) => name === stack);
  if (found?.postgres.kind === "docker")
    throw new CommandError(
      `postgres.kind of ${stack} is docker: the container would be made on this job's machine, and end with it.\nSet postgres.kind to none or cloud_sql in config/${stack}.yaml.`,
    );
}
