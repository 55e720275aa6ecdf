import { blocksOf, textOf, UNKNOWN, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { Complaint, PlannedChange, ResourceRules } from "../rules";
import { iamMember } from "./iam-member";
import { planLabels } from "./labels";
import { mustMatch } from "./must-match";
import { planProject, projectOf } from "./project";

const replicas = "replication.user_managed.replicas";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/secretmanager/resource_secret_manager_secret.go */
const secret: ResourceRules = {
  type: "google_secret_manager_secret",
  replacedBy: [
    "project",
    "secret_id",
    "tags",
    "replication",
    "replication.auto",
    "replication.user_managed",
    replicas,
    `${replicas}.location`,
  ],
  filledByCloud: ["project", "expire_time"],
  defaults: { deletion_protection: false },
  id: secretName,
  filledIn: (made, cloud) => ({
    project: cloud.project,
    // Google answers with the project's number here, not its id.
    name: `projects/${cloud.projectNumber}/secrets/${textOf(made, "secret_id")}`,
    create_time: new Date(cloud.now()).toISOString(),
  }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    planLabels(change, cloud);
    planAnnotations(change);
  },
  validate: (config) => [
    ...mustMatch(config, "secret_id", /^[a-zA-Z0-9_-]{1,255}$/, "1 to 255 of letters, digits, dash and underscore"),
    ...replicationComplaints(config),
    ...rotationComplaints(config),
  ],
  refuseDestroy: (made, cloud) =>
    made.deletion_protection === true
      ? `The secret ${secretName(made, cloud)} is protected: set deletion_protection = false and apply, before it is destroyed.`
      : undefined,
};

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/secretmanager/iam_secret_manager_secret.go */
const secretIamMember: ResourceRules = {
  ...iamMember("google_secret_manager_secret_iam_member", ["secret_id", "project"], secretName),
  filledByCloud: ["project"],
  plan: planProject,
};

/** Rules of Secret Manager. */
export const secretManager: readonly ResourceRules[] = [secret, secretIamMember];

function secretName(secretOrGrant: ValueObject, cloud: Cloud): string {
  const id = textOf(secretOrGrant, "secret_id");
  return id.startsWith("projects/") ? id : `projects/${projectOf(secretOrGrant, cloud)}/secrets/${id}`;
}

/** Without annotations Google alone tells which are in force. */
function planAnnotations({ planned, config }: PlannedChange): void {
  const annotations = config.annotations ?? null;
  if (annotations !== null) planned.effective_annotations = annotations;
}

function replicationComplaints(config: ValueObject): Complaint[] {
  return blocksOf(config, "replication")
    .filter(({ auto, user_managed: managed }) => auto !== UNKNOWN && managed !== UNKNOWN)
    .filter((replication) => blocksOf(replication, "auto").length + blocksOf(replication, "user_managed").length !== 1)
    .map(() => ({ attribute: "replication", message: "It must hold one of auto and user_managed." }));
}

function rotationComplaints(config: ValueObject): Complaint[] {
  const [rotation] = blocksOf(config, "rotation");
  if (rotation === undefined) return [];
  const attribute = "rotation";
  if (config.topics !== UNKNOWN && blocksOf(config, "topics").length === 0)
    return [{ attribute, message: "It needs topics: nobody would hear of it." }];
  const withoutPeriod = (rotation.next_rotation_time ?? null) !== null && (rotation.rotation_period ?? null) === null;
  return withoutPeriod ? [{ attribute, message: "next_rotation_time needs rotation_period." }] : [];
}
