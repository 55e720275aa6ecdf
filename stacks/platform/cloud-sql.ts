import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import { ConfigurationError } from "../../config/configuration-error";
import type { Environment } from "../../constructs/environment/environment";
import { GrantPropagation } from "../../constructs/identity/grant-propagation";
import { CloudSqlPostgres } from "../../constructs/postgres/cloud-sql-postgres";
import { CloudSqlWatch } from "../../constructs/postgres/cloud-sql-watch";
import { PrivateServicesAccess } from "../../constructs/postgres/private-services-access";
import type { PostgresParts } from "./postgres";

/** Postgres on Cloud SQL as configured, which ingest fills, and dbt and dashboards read. */
export function composeCloudSql(
  scope: Construct,
  environment: Environment,
  { identity, postgres: { database, cloudSql } }: Configuration,
  { workloads: { ingest, transform, dashboards }, network, encryptionKey, monitoring }: PostgresParts,
): CloudSqlPostgres {
  if (!network) throw new ConfigurationError([`${environment.name}: postgres.kind cloud_sql needs network: {enabled: true}.`]);
  const { rangePrefixLength: prefixLength, ...instance } = cloudSql;
  const postgres = new CloudSqlPostgres(scope, "postgres", {
    environment,
    access: new PrivateServicesAccess(scope, "private-services", { environment, network, prefixLength }),
    writer: ingest,
    database,
    ...instance,
    encryptionKey,
    destroyData: true,
  });
  const grants = [...postgres.writerGrants, ...[transform, dashboards].flatMap((reader) => postgres.grantRead(reader))];
  // By itself, not with the other grants: whatever waits for those would wait for the instance, too.
  new GrantPropagation(scope, "postgres-grants", { seconds: identity.grantPropagationSeconds, grants });
  if (monitoring) new CloudSqlWatch(monitoring, "postgres", postgres);
  return postgres;
}
