import { textOf, type ValueObject } from "../../protocol/value";
import { inventedDigits, type Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { planProject, projectOf } from "./project";

const ACCOUNT_ID = /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/;

export const serviceAccount: ResourceRules = {
  type: "google_service_account",
  replacedBy: ["account_id", "project", "create_ignore_already_exists"],
  filledByCloud: ["project", "create_ignore_already_exists"],
  defaults: { disabled: false },
  id: (account, cloud) => `projects/${projectOf(account, cloud)}/serviceAccounts/${emailOf(account, cloud)}`,
  filledIn: (account, cloud) => ({
    project: cloud.project,
    email: emailOf(account, cloud),
    member: `serviceAccount:${emailOf(account, cloud)}`,
    name: `projects/${projectOf(account, cloud)}/serviceAccounts/${emailOf(account, cloud)}`,
    unique_id: inventedDigits(emailOf(account, cloud), 21),
  }),
  plan: (change, cloud) => {
    planProject(change, cloud);
    const { planned } = change;
    if (textOf(planned, "account_id") === "" || typeof planned.project !== "string") return;
    // The address is known before the account is made, so that grants to it can be planned.
    planned.email = emailOf(planned, cloud);
    planned.member = `serviceAccount:${emailOf(planned, cloud)}`;
  },
  validate: (config) => {
    const id = textOf(config, "account_id");
    return id === "" || ACCOUNT_ID.test(id)
      ? []
      : [
          {
            attribute: "account_id",
            message: `"${id}" must be 6 to 30 of a-z, 0-9 and dashes, beginning with a letter and not ending with a dash.`,
          },
        ];
  },
};

function emailOf(account: ValueObject, cloud: Cloud): string {
  return `${textOf(account, "account_id")}@${projectOf(account, cloud)}.iam.gserviceaccount.com`;
}
