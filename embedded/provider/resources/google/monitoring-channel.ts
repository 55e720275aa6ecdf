import { isObject, textOf, type ValueObject } from "../../protocol/value";
import type { Cloud } from "../cloud";
import type { ResourceRules } from "../rules";
import { assignedName, objectsOf } from "./assigned-name";
import { planProject } from "./project";

const POLICY = "google_monitoring_alert_policy";

/** https://github.com/hashicorp/terraform-provider-google/blob/v6.50.0/google/services/monitoring/resource_monitoring_notification_channel.go */
export const monitoringChannel: ResourceRules = {
  type: "google_monitoring_notification_channel",
  replacedBy: ["project"],
  filledByCloud: ["project"],
  defaults: { enabled: true, force_delete: false },
  sensitive: ["sensitive_labels.auth_token", "sensitive_labels.password", "sensitive_labels.service_key"],
  id: (channel, cloud) => nameOf(channel, cloud),
  filledIn: (channel, cloud) => ({ project: cloud.project, name: nameOf(channel, cloud) }),
  plan: planProject,
  validate: ({ type, labels }) =>
    type !== "email" || (labels !== null && (!isObject(labels) || labels.email_address !== undefined))
      ? []
      : [{ attribute: "labels", message: 'A channel of type "email" must have the label email_address.' }],
  refuseDestroy: (channel, cloud) => {
    if (channel.force_delete === true) return undefined;
    const [policy] = policiesThatTell(textOf(channel, "name"), cloud);
    return policy === undefined
      ? undefined
      : `The channel "${textOf(channel, "display_name")}" is told of alerts ("${textOf(policy, "display_name")}" for one): take it out of them, or set force_delete = true and apply, before it is destroyed.`;
  },
  destroyed: (channel, cloud) => {
    const name = textOf(channel, "name");
    for (const policy of policiesThatTell(name, cloud)) {
      const others = channelsOf(policy).filter((other) => other !== name);
      cloud.catalog.put(POLICY, { ...policy, id: textOf(policy, "id"), notification_channels: others } as { id: string });
    }
  },
};

const nameOf = (channel: ValueObject, cloud: Cloud) =>
  assignedName(channel, cloud, "notificationChannels", [channel.type ?? null, channel.labels ?? null]);

const channelsOf = ({ notification_channels }: ValueObject) => (Array.isArray(notification_channels) ? notification_channels : []);

const policiesThatTell = (name: string, cloud: Cloud) => objectsOf(cloud, POLICY).filter((policy) => channelsOf(policy).includes(name));
