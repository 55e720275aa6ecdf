import type { TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { Network } from "../network/network";
import { AirflowBucket } from "../orchestration/airflow-bucket";
import { EncryptionKey } from "../security/encryption-key";
import { KeyRing } from "../security/key-ring";
import { WorkJob } from "./work-job";

const DIGEST = "0123456789abcdef".repeat(4);

/** A job that another workload starts; its code comes from a bucket, its packages from an image. */
export function example(stack: TerraformStack, environment: Environment): void {
  const identity = (workload: string, description: string) => new WorkloadIdentity(stack, workload, { environment, workload, description });
  const ingest = identity("ingest", "Reads trip files.");
  const orchestrator = identity("orchestrator", "Runs Airflow.");
  const encryptionKey = new EncryptionKey(stack, "key", {
    environment,
    keyRing: new KeyRing(stack, "key-ring", { environment }),
    name: "data",
  });
  const code = new AirflowBucket(stack, "code", { environment, encryptionKey });

  const job = new WorkJob(stack, "ingest-job", {
    environment,
    identity: ingest,
    name: "ingest",
    image: `${environment.location}-docker.pkg.dev/${environment.projectId}/trips-docker/data@sha256:${DIGEST}`,
    command: ["python", "-m", "ingest"],
    variables: { PYTHONPATH: "/home/airflow/gcs/data/pipelines/ingest/src" },
    cpu: 2,
    memoryGib: 8,
    timeoutMinutes: 30,
    mount: { bucket: code.bucket, path: "/home/airflow/gcs" },
    network: new Network(stack, "network", { environment }),
    encryptionKey,
  });

  // What it may read and write of the folder that it sees.
  code.grantReadBelow("data/", ingest);
  code.grantWriteBelow("data/runs/", ingest);

  job.grantRun(orchestrator);
  orchestrator.grantProjectRole("roles/run.viewer");
}
