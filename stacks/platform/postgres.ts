import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { Monitoring } from "../../constructs/monitoring/monitoring";
import type { Network } from "../../constructs/network/network";
import { CloudSqlPostgres } from "../../constructs/postgres/cloud-sql-postgres";
import { DockerPostgres } from "../../constructs/postgres/docker-postgres";
import type { Postgres } from "../../constructs/postgres/postgres";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import type { PostgresOutput } from "../platform-outputs";
import { composeCloudSql } from "./cloud-sql";
import type { Workloads } from "./workloads";

/** What Cloud SQL is put into; Docker needs none of it. */
export interface PostgresParts {
  readonly workloads: Workloads;
  readonly network?: Network;
  readonly encryptionKey?: EncryptionKey;
  readonly monitoring?: Monitoring;
}

/** Postgres where the configuration asks for it; undefined where it asks for none. */
export function composePostgres(
  scope: Construct,
  environment: Environment,
  configuration: Configuration,
  parts: PostgresParts,
): Postgres | undefined {
  switch (configuration.postgres.kind) {
    case "none":
      return undefined;
    case "docker":
      return composeDocker(scope, environment, configuration);
    case "cloud_sql":
      return composeCloudSql(scope, environment, configuration, parts);
  }
}

/** How pipelines and people find it. */
export function postgresOutput(postgres: Postgres): PostgresOutput {
  const { host, port, database, user, passwordFile } = postgres;
  // Left out where there is none: cdktf can't write an output that holds a null.
  const reached = { host, port, database, user, ...(passwordFile === undefined ? {} : { password_file: passwordFile }) };
  if (!(postgres instanceof CloudSqlPostgres)) return reached;
  const { asAdministrator, asWriter } = postgres.rights;
  return {
    ...reached,
    connection_name: postgres.connectionName,
    rights: { as_administrator: asAdministrator, as_writer: asWriter },
  };
}

// Its provider needs a daemon, so it is configured only here.
function composeDocker(scope: Construct, environment: Environment, { name, postgres }: Configuration): DockerPostgres {
  const { image, port, database, user, passwordFile, pgAdmin } = postgres;
  new DockerProvider(scope, "docker", {});
  return new DockerPostgres(scope, "postgres", {
    environment,
    destroyData: true,
    name: `trips-${name}`,
    image,
    port,
    database,
    user,
    passwordFile,
    ...(pgAdmin.enabled ? { pgAdmin: { image: pgAdmin.image, port: pgAdmin.port, email: pgAdmin.email } } : {}),
  });
}
