import { isReference } from "../resource-view";
import { resourceRule } from "../rule";
import { textsIn } from "../texts";

/** Default accounts of Compute Engine, App Engine and Google's API agent. */
const DEFAULT_ACCOUNT = /(?:-compute@developer|@appspot|@cloudservices)\.gserviceaccount\.com$/;

/** Where each machine names its account; one that names none runs as the default account. */
const ACCOUNT_OF: Readonly<Record<string, string>> = {
  google_cloud_run_v2_job: "template.template.service_account",
  google_cloud_run_v2_service: "template.service_account",
  google_cloudfunctions2_function: "service_config.service_account_email",
  google_composer_environment: "config.node_config.service_account",
  google_compute_instance: "service_account.email",
  google_compute_instance_template: "service_account.email",
  google_dataproc_batch: "environment_config.execution_config.service_account",
  google_dataproc_cluster: "cluster_config.gce_cluster_config.service_account",
  google_dataproc_workflow_template: "placement.managed_cluster.config.gce_cluster_config.service_account",
  google_workflows_workflow: "service_account",
};
/** Blocks without which there is no default account: the machine gets none at all, the workflow's jobs run on a cluster with its own. */
const ONLY_WITH: Readonly<Record<string, string>> = {
  google_compute_instance: "service_account",
  google_compute_instance_template: "service_account",
  google_dataproc_workflow_template: "placement.managed_cluster",
};

/** Nothing runs as, and nothing is granted to, an account that Google made. */
export const defaultServiceAccount = resourceRule({
  id: "default-service-account",
  severity: "error",
  reason: "Everything that nobody thought about runs as that account, often with the editor's rights.",
  mend: "Make a service account for the workload and name it here.",
  reads: { ...Object.fromEntries(Object.entries(ACCOUNT_OF).map(([type, path]) => [type, [path]])), "google_*": [] },
  check: (resource) => {
    const named = textsIn(resource.attributes)
      .filter(({ value }) => !isReference(value) && DEFAULT_ACCOUNT.test(value))
      .map(({ path, value }) => `${path.join(".")} is the default account ${value}`);
    const path = ACCOUNT_OF[resource.type];
    if (path === undefined || resource.has(path)) return named;
    const block = ONLY_WITH[resource.type];
    if (block !== undefined && !resource.has(block)) return named;
    return [...named, `${path} is missing, which means the default account`];
  },
});
