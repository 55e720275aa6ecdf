import { TerraformOutput, type TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { WorkloadIdentity } from "../identity/workload-identity";
import { Network } from "../network/network";
import { EncryptionKey } from "../security/encryption-key";
import { KeyRing } from "../security/key-ring";
import { CloudSqlPostgres } from "./cloud-sql-postgres";
import { PrivateServicesAccess } from "./private-services-access";

/** Postgres on Cloud SQL with a standby: ingest loads, dashboards read, nobody has a password. */
export function example(stack: TerraformStack, environment: Environment): void {
  const workload = (name: string, description: string) => new WorkloadIdentity(stack, name, { environment, workload: name, description });
  const keyRing = new KeyRing(stack, "key-ring", { environment });
  const network = new Network(stack, "network", { environment });

  const postgres = new CloudSqlPostgres(stack, "postgres", {
    environment,
    access: new PrivateServicesAccess(stack, "services", { environment, network, prefixLength: 20 }),
    writer: workload("ingest", "Loads trips."),
    encryptionKey: new EncryptionKey(stack, "key", { environment, keyRing, name: "data" }),
    name: "trips-2",
    tier: "db-custom-2-7680",
    standby: true,
    diskGibibytes: 20,
    maxDiskGibibytes: 200,
    keptBackups: 30,
    recoveryDays: 7,
    maintenanceDay: 7,
    maintenanceHour: 4,
  });
  postgres.grantRead(workload("dashboards", "Reads trips."));

  new TerraformOutput(stack, "connection", { value: postgres.connectionName });
  // For psql, once: no API of Google's gives rights within a database.
  new TerraformOutput(stack, "rights", { value: postgres.rights });
}
