import type { ResourceView } from "../resource-view";
import type { Rule } from "../rule";

/** Types that call their labels otherwise. */
const LABELS_OF: Readonly<Record<string, string>> = {
  google_container_cluster: "resource_labels",
  google_monitoring_alert_policy: "user_labels",
  google_monitoring_notification_channel: "user_labels",
  google_monitoring_uptime_check_config: "user_labels",
  google_sql_database_instance: "settings.user_labels",
};

/** Path of a resource's labels; none where it can't carry any. Whether it can is known from the bindings' class. */
function labelsPath({ type, construct }: ResourceView): string | undefined {
  return LABELS_OF[type] ?? (type.startsWith("google_") && "effectiveLabels" in construct ? "labels" : undefined);
}

/** What costs money says whose it is. */
export const labels: Rule = {
  id: "labels",
  severity: "error",
  reason: "Without labels nobody can say whose it is, or what an environment costs.",
  mend: "Set the labels of the environment, or default_labels on the provider.",
  reads: {
    "google_*": ["labels", "effective_labels"],
    ...Object.fromEntries(Object.entries(LABELS_OF).map(([type, path]) => [type, [path]])),
  },
  check: (stack, { requiredLabels = [] }) => {
    const everywhere = stack.defaultLabels();
    return stack.resources.flatMap((resource) => {
      const path = labelsPath(resource);
      if (path === undefined) return [];
      const set = resource.value(path);
      if (typeof set === "string") return [];
      const names = [...everywhere, ...Object.keys((set as object | undefined) ?? {})];
      if (names.length === 0) return [{ on: resource, what: `it has no ${path}` }];
      const missing = requiredLabels.filter((label) => !names.includes(label));
      return missing.length === 0 ? [] : [{ on: resource, what: `${path} lack ${missing.join(", ")}` }];
    });
  },
};
