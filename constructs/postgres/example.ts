import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import type { TerraformStack } from "cdktf";
import type { Environment } from "../environment/environment";
import { DockerPostgres } from "./docker-postgres";

/** Postgres with pgAdmin on the machine that deploys, both on 127.0.0.1. */
export function example(stack: TerraformStack, environment: Environment): void {
  new DockerProvider(stack, "docker", {});
  new DockerPostgres(stack, "postgres", {
    environment,
    name: "trips-dev",
    image: "postgres:17.10",
    port: 5433,
    database: "trips",
    user: "trips",
    passwordFile: "/secrets/postgres-password",
    pgAdmin: { image: "dpage/pgadmin4:9.18", port: 8085, email: "me@example.com" },
  });
}
