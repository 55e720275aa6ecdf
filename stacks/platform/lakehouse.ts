import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import { Dataset } from "../../constructs/warehouse/dataset";
import { IcebergTables } from "../../constructs/warehouse/iceberg-tables";
import { LakeConnection } from "../../constructs/warehouse/lake-connection";
import type { PolicyTags } from "../../constructs/warehouse/policy-tags";
import { tripTables } from "../../contracts/tables";

/** The connection through which external tables read the lake, where it is configured. */
export function composeLakeConnection(
  scope: Construct,
  environment: Environment,
  { warehouse: { lakehouse }, identity }: Configuration,
): LakeConnection | undefined {
  if (!lakehouse.bigLake) return undefined;
  return new LakeConnection(scope, "lake-connection", {
    environment,
    connectionId: "trips-lake",
    description: "Reads the lake's clean files for the external tables.",
    propagationSeconds: identity.grantPropagationSeconds,
  });
}

/** Iceberg tables beside the landed ones, where they are configured. */
export function composeIceberg(
  scope: Construct,
  environment: Environment,
  { warehouse: { lakehouse, timeTravelHours }, identity }: Configuration,
  policyTags?: PolicyTags,
  encryptionKey?: EncryptionKey,
): IcebergTables | undefined {
  if (!lakehouse.iceberg) return undefined;
  const dataset = new Dataset(scope, "iceberg", {
    environment,
    datasetId: "trips_iceberg",
    description: "Trips as Apache Iceberg tables in a bucket, for other engines to read.",
    timeTravelHours,
    encryptionKey,
    destroyTables: true,
  });
  const tables = new IcebergTables(scope, "iceberg-tables", {
    environment,
    dataset,
    contracts: tripTables,
    policyTags,
    encryptionKey,
    propagationSeconds: identity.grantPropagationSeconds,
    destroyRows: true,
  });
  for (const member of lakehouse.icebergWriters) tables.grantWrite({ id: `writer-${member}`, member });
  return tables;
}
