import { existsSync, readFileSync } from "node:fs";
import { GoogleError } from "../../google/google-error";
import { enabledServices } from "../../google/services";
import { asking } from "../agents";
import { enabling } from "../enabling";
import { change, type Desk, done, note, type Step } from "../step";

/** The APIs of all parts that are switched on. */
export const services: Step = {
  title: "APIs",
  why: "A part whose API is off can't be deployed; Terraform itself needs two of them.",
  look: async ({ google, wishes: { projectId }, services: wanted }) => {
    const { on } = await enabledServices(google, projectId);
    const off = wanted.filter((service) => !on.has(service));
    if (off.length === 0) return done(`${String(wanted.length)} are on`);
    return change(`Switch on ${off.join(", ")}`, ...enabling(projectId, off));
  },
};

/** Google's own accounts that are made on request: to be asked again does no harm, and can't be looked up, so a file remembers it. */
export const serviceAgents: Step = {
  title: "Google's own accounts",
  why: "A grant to an account that doesn't exist yet is refused: the first deployment would fail half-way.",
  look: (desk) => {
    const { wishes, agents, journalFile } = desk;
    const asked = askedFor(desk);
    const missing = agents.filter((service) => !asked.has(service));
    if (missing.length === 0) return Promise.resolve(done(agents.length === 0 ? "none needed" : `${String(agents.length)} were asked for`));
    return Promise.resolve(
      change(`Ask for Google's accounts of ${missing.join(", ")}`, ...missing.map((service) => asking(wishes.projectId, service)), {
        kind: "file" as const,
        file: journalFile,
        text: `${JSON.stringify({ project: wishes.projectId, agents: [...new Set([...asked, ...missing])].sort() }, null, 2)}\n`,
        what: "remember that they were asked for",
      }),
    );
  },
};

function askedFor({ journalFile, wishes: { projectId } }: Desk): Set<string> {
  if (!existsSync(journalFile)) return new Set();
  try {
    const { project, agents } = JSON.parse(readFileSync(journalFile, "utf8")) as { project?: string; agents?: string[] };
    return new Set(project === projectId ? agents : []);
  } catch {
    return new Set(); // half written: they are asked for again
  }
}

/** Rules of an organisation that would stop a deployment, and what to do then. */
const constraints: Readonly<Record<string, string>> = {
  "gcp.resourceLocations": "Only some locations are allowed: choose one of them as `location`.",
  "gcp.restrictServiceUsage": "Only some APIs are allowed: ask whoever rules the organisation for those above.",
  "iam.allowedPolicyMemberDomains": "Members of other domains can't be granted anything: configure no user of another domain.",
  "iam.workloadIdentityPoolProviders":
    "Identity providers are restricted: ask for https://token.actions.githubusercontent.com, or leave bootstrap.github out.",
  "compute.restrictCloudNATUsage": "NAT is restricted: set network.nat to false, and give machines their packages by a mirror.",
  "compute.restrictVpcPeering": "Peering is restricted: Cloud SQL with a private address can't be made.",
};

/** What an organisation forbids. */
export const organisationPolicies: Step = {
  title: "Organisation's policies",
  why: "What they forbid fails in the middle of a deployment, in words that name no policy.",
  look: async ({ google, wishes: { projectId }, projectNumber = projectId }) => {
    const biting: string[] = [];
    try {
      for (const [constraint, advice] of Object.entries(constraints)) {
        const { spec } = await google.get<{ spec?: { rules?: Rule[] } }>(
          `orgpolicy/v2/projects/${projectNumber}/policies/${constraint}:getEffectivePolicy`,
        );
        if (spec?.rules?.some(restricts)) biting.push(`${constraint}: ${advice}`);
      }
    } catch (error) {
      // It only informs: not even owners of a project may read policies by themselves.
      if (!(error instanceof GoogleError) || error.status !== 403 || error.disabledService !== undefined) throw error;
      return note("they may not be read", `Go on; or ask the organisation for roles/orgpolicy.policyViewer. Google says: ${error.message}`);
    }
    return biting.length === 0 ? done("none that would stop it") : note(`${String(biting.length)} may bite`, biting.join("\n"));
  },
};

interface Rule {
  readonly enforce?: boolean;
  readonly denyAll?: boolean;
  readonly values?: { readonly allowedValues?: readonly string[]; readonly deniedValues?: readonly string[] };
}

const restricts = ({ enforce, denyAll, values }: Rule): boolean =>
  enforce === true || denyAll === true || (values?.allowedValues ?? values?.deniedValues ?? []).length > 0;
