import { resourceRule } from "../rule";

const PATHS = ["cluster_config.lifecycle_config.idle_delete_ttl", "cluster_config.lifecycle_config.auto_delete_time"];

/** A cluster that nobody uses goes away. */
export const idleClusters = resourceRule({
  id: "idle-clusters",
  severity: "warning",
  reason: "A forgotten cluster costs as much as a busy one.",
  mend: "Set cluster_config.lifecycle_config.idle_delete_ttl (10 minutes to 14 days).",
  reads: { google_dataproc_cluster: PATHS },
  check: (cluster) => (PATHS.some((path) => cluster.has(path)) ? [] : ["nothing deletes it when it is idle"]),
});
