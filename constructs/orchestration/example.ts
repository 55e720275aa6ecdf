import type { TerraformStack } from "cdktf";
import { join } from "node:path";
import type { Environment } from "../environment/environment";
import { GrantPropagation } from "../identity/grant-propagation";
import { WorkloadIdentity } from "../identity/workload-identity";
import { Monitoring } from "../monitoring/monitoring";
import { Network } from "../network/network";
import { EncryptionKey } from "../security/encryption-key";
import { KeyRing } from "../security/key-ring";
import { Secret } from "../security/secret";
import { AirflowBucket } from "./airflow-bucket";
import { CONNECTIONS_PREFIX } from "./airflow-settings";
import { AirflowWatch } from "./airflow-watch";
import { BucketFiles } from "./bucket-files";
import { ComposerEnvironment } from "./composer-environment";
import { smallWorkloads } from "./workload-sizes";

/** Airflow in a private network, under a key of one's own, with a connection that is a secret, and alerts. */
export function example(stack: TerraformStack, environment: Environment): void {
  const identity = new WorkloadIdentity(stack, "orchestrator", { environment, workload: "orchestrator", description: "Runs Airflow." });
  const keyRing = new KeyRing(stack, "key-ring", { environment });
  const encryptionKey = new EncryptionKey(stack, "key", { environment, keyRing, name: "data" });

  const bucket = new AirflowBucket(stack, "bucket", { environment, encryptionKey, logDays: 60, destroyObjects: true });
  new BucketFiles(stack, "files", { bucket, files: { "dags/trips.py": join(__dirname, "../../pipelines/dags/trips.py") } });

  const airflow = new ComposerEnvironment(stack, "airflow", {
    environment,
    identity,
    bucket,
    encryptionKey,
    network: new Network(stack, "network", { environment }),
    workloads: { ...smallWorkloads, worker: { minCount: 1, maxCount: 6, cpu: 1, memoryGb: 4, storageGb: 10 } },
    airflowConfig: { "api-instance_name": "Trips" },
    variables: { PIPELINE_TARGET: "cloud" },
    maintenance: { weekdays: ["SU"], startHour: 22, hours: 12 },
    snapshots: { cron: "0 4 * * *", timeZone: "UTC+01" },
    webServerRanges: ["203.0.113.0/24"],
    destroyHistory: true,
  });
  airflow.grantUse({ id: "engineers", member: "group:engineers@example.com" });

  // Airflow's connection `weather`: a secret whose versions people add.
  const weather = new Secret(stack, "weather", {
    environment,
    name: `${CONNECTIONS_PREFIX.replace("trips-", "")}-weather`,
    encryptionKey,
  });
  const grants = new GrantPropagation(stack, "grants", {
    grants: [identity.grantProjectRole("roles/composer.worker"), bucket.grantWrite(identity), weather.grantRead(identity)],
  });
  grants.holdBack(airflow);

  new AirflowWatch(new Monitoring(stack, "monitoring", { environment }), "airflow", airflow);
}
