import { GoogleError } from "../../google/google-error";
import { findProject, listProjects, meantProject } from "../../google/projects";
import { change, type Desk, done, type Outlook, type Step, stuck } from "../step";

/** The Google project itself. */
export const project: Step = {
  title: "Project",
  why: "Everything asks for its id, which is neither its name nor its number.",
  look: async (desk) => {
    const { google, wishes } = desk;
    const found = await findProject(google, wishes.projectId);
    if (found === undefined) return notThere(desk);
    if (found.lifecycleState !== "ACTIVE")
      return stuck(`${found.projectId} is being deleted.`, `gcloud projects undelete ${found.projectId}`);
    desk.projectNumber = found.projectNumber;
    return done(`${found.projectId}, number ${found.projectNumber}`);
  },
};

/** Of a project that isn't there, or that these credentials may not see: Google doesn't tell which. */
export async function notThere({ google, wishes: { projectId } }: Desk): Promise<Outlook> {
  // Without a project to count the call against, Google lists none.
  const projects = await listProjects(google).catch((error: unknown) => {
    if (error instanceof GoogleError && error.status === 403) return [];
    throw error;
  });
  const meant = meantProject(projectId, projects);
  return stuck(
    `There is no project ${projectId} that these credentials may see.`,
    meant === undefined
      ? "gcloud projects list shows those there are; gcloud projects create <id> makes one."
      : `Did you mean ${meant.projectId}? Repeat with --project ${meant.projectId}`,
  );
}

interface Account {
  readonly name: string;
  readonly displayName?: string;
  readonly open?: boolean;
}

/** Who pays. */
export const billing: Step = {
  title: "Billing",
  why: "Without a billing account no bucket can be made.",
  look: async ({ google, wishes: { projectId, billingAccount } }) => {
    const address = `cloudbilling/v1/projects/${projectId}/billingInfo`;
    const info = await google.get<{ billingEnabled?: boolean; billingAccountName?: string }>(address);
    if (info.billingEnabled) return done(info.billingAccountName?.replace("billingAccounts/", "") ?? "linked");
    const accounts = (await google.list<Account>("cloudbilling/v1/billingAccounts", "billingAccounts")).filter(({ open }) => open);
    const chosen =
      billingAccount === undefined && accounts.length === 1
        ? accounts[0]
        : accounts.find(({ name }) => name.endsWith(`/${billingAccount ?? ""}`));
    if (chosen)
      return change(`Link the project to the billing account ${chosen.displayName ?? chosen.name}, which pays for it from then on`, {
        kind: "call",
        method: "PUT",
        address,
        body: { billingAccountName: chosen.name },
      });
    if (accounts.length === 0)
      return stuck(
        "These credentials see no open billing account.",
        "Make one at console.cloud.google.com/billing, or be let use one (roles/billing.user).",
      );
    const listed = accounts
      .map(({ name, displayName }) => `${name.replace("billingAccounts/", "")} (${displayName ?? "no name"})`)
      .join(", ");
    return stuck(
      billingAccount === undefined ? "There are several billing accounts." : `There is no open billing account ${billingAccount}.`,
      `Repeat with --billing-account <id>, one of ${listed}.`,
    );
  },
};
