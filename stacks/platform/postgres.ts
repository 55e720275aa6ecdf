import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import { DockerPostgres } from "../../constructs/postgres/docker-postgres";
import type { PostgresOutput } from "../platform-outputs";

/** Postgres where the configuration asks for it, and how it is reached; its provider needs a daemon, so it is configured only then. */
export function composePostgres(scope: Construct, environment: Environment, { name, postgres }: Configuration): PostgresOutput | null {
  if (postgres.kind === "none") return null;
  const { image, port, database, user, passwordFile, pgAdmin } = postgres;
  new DockerProvider(scope, "docker", {});
  new DockerPostgres(scope, "postgres", {
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
  return { host: "127.0.0.1", port, database, user, password_file: passwordFile };
}
