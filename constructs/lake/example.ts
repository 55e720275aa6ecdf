import type { TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { EncryptionKey } from "../security/encryption-key";
import { KeyRing } from "../security/key-ring";
import { Lake } from "./lake";
import { LakeBucket } from "./lake-bucket";

/** A lake under a key of one's own that tells of new raw files, and one bucket that cools by itself. */
export function example(stack: TerraformStack, environment: Environment): void {
  const encryptionKey = new EncryptionKey(stack, "data", {
    environment,
    keyRing: new KeyRing(stack, "keys", { environment }),
    name: "data",
    destroyVersions: true,
  });
  const lake = new Lake(stack, "lake", { environment, encryptionKey, rawColdAfterDays: 60, rawRetentionDays: 7, destroyObjects: true });

  const ingest = new WorkloadIdentity(stack, "ingest", { environment, workload: "ingest", description: "Fills the lake." });
  const spark = new WorkloadIdentity(stack, "spark", { environment, workload: "spark", description: "Reads the clean lake." });
  const kafka = new WorkloadIdentity(stack, "kafka", { environment, workload: "kafka", description: "Streams into the lake." });
  lake.raw.grantWrite(ingest);
  lake.clean.grantWrite(ingest);
  lake.clean.grantRead(spark);
  lake.clean.grantWriteBelow("stream/", kafka);

  const yellow = lake.raw.notifyNewObjects({ prefix: "yellow/", name: "new-yellow" });
  yellow.grantSubscribe(spark);

  // Elsewhere: another project's raw zone, of which nobody knows how it will be read.
  new LakeBucket(stack, "archive", {
    environment: { ...environment, projectId: `${environment.projectId}-archive` },
    zone: "raw",
    autoclass: true,
    terminalStorageClass: "ARCHIVE",
  });
}
