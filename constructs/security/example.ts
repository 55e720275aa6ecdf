import type { TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { ArtifactRepository } from "./artifact-repository";
import { AuditLog } from "./audit-log";
import { EncryptionKey } from "./encryption-key";
import { ImageBuilder } from "./image-builder";
import { KeyPropagation } from "./key-propagation";
import { KeyRing } from "./key-ring";
import { Secret } from "./secret";
import { SecretReminders } from "./secret-reminders";

/** A key, and what it encrypts: a secret, two repositories and the audit log. */
export function example(stack: TerraformStack, environment: Environment): void {
  const spark = new WorkloadIdentity(stack, "spark", { environment, workload: "spark", description: "Runs Spark jobs." });
  const auditors = { id: "auditors", member: "group:auditors@example.com" };
  const deployers = { id: "deployers", member: "group:deployers@example.com" };

  const keyRing = new KeyRing(stack, "key-ring", { environment });
  const encryptionKey = new EncryptionKey(stack, "key", { environment, keyRing, name: "data", rotationDays: 90 });
  new KeyPropagation(stack, "key-propagation", { encryptionKey });

  const reminders = new SecretReminders(stack, "reminders", { environment, encryptionKey });
  const weatherApi = new Secret(stack, "weather-api", {
    environment,
    name: "weather-api",
    encryptionKey,
    reminder: { reminders, first: "2030-01-31T09:00:00Z", everyDays: 90 },
  });
  weatherApi.grantRead(spark);
  weatherApi.grantAddVersion(deployers);

  const images = new ArtifactRepository(stack, "images", { environment, format: "docker", immutableTags: true, encryptionKey });
  new ImageBuilder(stack, "image-builder", { environment, repository: images, encryptionKey, destroySources: true });
  const packages = new ArtifactRepository(stack, "packages", { environment, format: "python", keepVersions: 5, encryptionKey });
  for (const repository of [images, packages]) {
    repository.grantRead(spark);
    repository.grantWrite(deployers);
  }

  const auditLog = new AuditLog(stack, "audit-log", {
    environment,
    retentionDays: 400,
    dataAccess: ["storage.googleapis.com", "secretmanager.googleapis.com"],
    encryptionKey,
  });
  auditLog.grantRead(auditors);
}
