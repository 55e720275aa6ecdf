import type { SparkOutput } from "../platform-outputs";
import type { Spark } from "./spark";

/** What people and pipelines are told of Spark; what isn't there isn't named, for outputs can't hold null within. */
export function sparkOutput({ artifacts, cluster, batches, historyServer, jobs, workflows }: Spark): SparkOutput {
  return {
    artifacts_bucket: artifacts.bucket.name,
    scratch_bucket: artifacts.scratch.name,
    ...(cluster && { cluster: cluster.cluster.name, gateway_url: cluster.webPage("YARN ResourceManager") }),
    ...(historyServer && { history_server_url: historyServer.url }),
    ...(batches && { batch: batches.defaults }),
    jobs: Object.fromEntries(
      [...jobs].map(([name, { mainUri, packageUris }]) => {
        const workflow = workflows.get(name);
        return [name, { main_uri: mainUri, package_uris: packageUris, ...(workflow && { workflow: workflow.template.name }) }];
      }),
    ),
  };
}
