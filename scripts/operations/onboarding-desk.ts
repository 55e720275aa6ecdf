import { join } from "node:path";
import { environmentNames, loadConfigurations } from "../../config/load";
import { closest } from "../../config/closest";
import { GoogleApi } from "../../operations/google/google-api";
import type { Credentials } from "../../operations/google/credentials";
import { GoogleError } from "../../operations/google/google-error";
import { type GoogleProject, listProjects } from "../../operations/google/projects";
import { quotaNeeds } from "../../operations/google/quotas";
import { agentServices } from "../../operations/onboarding/agents";
import type { Desk, Wishes } from "../../operations/onboarding/step";
import { bootstrapServices, platformServices } from "../../stacks/platform/services";
import { root } from "../local-dev";
import { CommandError } from "../terminal/failure";

/** APIs that onboarding itself, the doctor and the plans ask, whatever is switched on. */
const ALWAYS = ["compute.googleapis.com", "orgpolicy.googleapis.com", "logging.googleapis.com"];

/** What a person said on the command line. */
export interface OnboardingFlags {
  readonly project?: string;
  readonly "billing-account"?: string;
  readonly location?: string;
  readonly github?: string;
}

/** Everything that onboarding works with. @throws CommandError where something must be said that wasn't */
export async function onboardingDesk(
  environment: string,
  flags: OnboardingFlags,
  { credentials, signal, choose }: { credentials: Credentials; signal: AbortSignal; choose: Choose },
): Promise<Desk> {
  if (!environmentNames.some((name) => name === environment)) {
    const meant = closest(environment, environmentNames);
    throw new CommandError(
      `There is no environment "${environment}"; ${meant ? `did you mean ${meant}?` : `there are ${environmentNames.join(", ")}.`}`,
    );
  }
  const endpoint = process.env.GOOGLE_API_ENDPOINT;
  const patience = endpoint === undefined ? 1000 : 20;
  const google = new GoogleApi({ credentials, signal, endpoint, patience });
  const before = configurationOf(environment, process.env);
  const projectId =
    flags.project ?? (before.project.missing.some(({ setting }) => setting === "project.id") ? await choose(google) : before.project.id);
  // As it will be once the file is written.
  const variable = environment.toUpperCase();
  const configuration = configurationOf(environment, { [`GCP_PROJECT_${variable}`]: projectId, PLATFORM_TARGET: "cloud" });
  const services = [...new Set([...bootstrapServices(configuration), ...platformServices(configuration), ...ALWAYS])].sort();
  const wishes: Wishes = {
    environment,
    projectId,
    billingAccount: flags["billing-account"],
    location: flags.location,
    github: flags.github === undefined ? undefined : await repository(flags.github, signal),
  };
  return {
    // A person's calls are counted against the project that is being made ready; Google refuses those that are counted against none.
    google:
      credentials.quotaProject === undefined && credentials.kind !== "a person"
        ? google
        : new GoogleApi({ credentials: { ...credentials, quotaProject: projectId }, signal, endpoint, patience }),
    wishes,
    services,
    agents: agentServices.filter((service) => services.includes(service)),
    needs: quotaNeeds(configuration),
    location: flags.location ?? configuration.location,
    configFile: join(root, "config", `${environment}.yaml`),
    journalFile: join(root, ".state", `onboarding-${environment}.json`),
    stateBucket: configuration.stateBucket,
  };
}

/** Lets a person choose a project. */
export type Choose = (google: GoogleApi) => Promise<string>;

/** Projects that can be chosen. @throws CommandError where Google lists none without being told a project to count the call against */
export async function projectsToChoose(google: GoogleApi): Promise<GoogleProject[]> {
  try {
    return await listProjects(google);
  } catch (error) {
    if (!(error instanceof GoogleError) || error.status !== 403) throw error;
    throw new CommandError(`Name the project: --project <id>. Google lists none to these credentials: ${error.message}`);
  }
}

/** For where nobody can be asked. */
export const refuseToChoose: Choose = async (google) => {
  const seen = (await projectsToChoose(google)).map(({ projectId }) => projectId);
  throw new CommandError(`Name the project: --project <id>${seen.length > 0 ? `, one of ${seen.join(", ")}` : ""}.`);
};

function configurationOf(environment: string, variables: NodeJS.ProcessEnv) {
  const found = loadConfigurations({ variables }).find(({ name }) => name === environment);
  if (!found) throw new CommandError(`There is no environment "${environment}".`);
  return found;
}

/** GitHub's numbers of a repository, which outlive its name. */
async function repository(name: string, signal: AbortSignal) {
  const url = `${process.env.GITHUB_API_URL ?? "https://api.github.com"}/repos/${name}`;
  const response = await fetch(url, { headers: { accept: "application/vnd.github+json" }, signal }).catch((error: unknown) => {
    throw new CommandError(`GitHub can't be asked about ${name}: ${(error as Error).message}`);
  });
  if (!response.ok)
    throw new CommandError(
      `GitHub knows no public repository ${name} (HTTP ${String(response.status)}). Of a private one, write bootstrap.github into the configuration yourself: gh api repos/${name} --jq '.owner.id, .id' tells its numbers.`,
    );
  const { id, owner, full_name: full } = (await response.json()) as { id: number; owner: { id: number }; full_name: string };
  return { ownerId: String(owner.id), repositoryId: String(id), repository: full };
}
