import type { Catalog } from "../../catalog/catalog";
import type { DockerContainer } from "../../catalog/deployed-objects";
import { EmbeddedError } from "../../embedded-error";

/** What the deployed container says of the Postgres that should run. */
export interface DeployedPostgres {
  readonly container: string;

  /** Name of the volume that holds the data. */
  readonly volume: string;
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;

  /** Absolute path on this machine. */
  readonly passwordFile: string;
}

/** The deployed container of Postgres; none where the configuration asks for none. */
export function deployedPostgres(catalog: Catalog): DeployedPostgres | undefined {
  const images = new Map(catalog.list("docker_image").map((image) => [image.image_id, image.name]));
  const container = catalog.list("docker_container").find(({ image }) => /(^|\/)postgres(:|@|$)/.test(images.get(image) ?? image));
  return container === undefined ? undefined : read(container);
}

/** Instances of Cloud SQL, and why they aren't served: a login by Google's identities has no counterpart here. */
export function cloudSqlNotServed(catalog: Catalog): string[] {
  return catalog
    .list("google_sql_database_instance")
    .map(({ name }) => `Postgres on Cloud SQL "${name}" (nobody could log in by a Google identity; postgres.kind docker is served)`);
}

function read(container: DockerContainer): DeployedPostgres {
  const need = <Value>(value: Value | null | undefined, what: string): Value => {
    if (value !== null && value !== undefined) return value;
    throw new EmbeddedError(
      `The deployed container "${container.name}" has no ${what}.`,
      "Deploy it from constructs/postgres/docker-postgres.ts, which sets it.",
    );
  };
  const environment = new Map(
    (container.env ?? []).map((entry) => [entry.slice(0, entry.indexOf("=")), entry.slice(entry.indexOf("=") + 1)]),
  );
  const mounted = (path: string | undefined) => container.volumes.find(({ container_path }) => container_path === path);
  const port = container.ports.find(({ internal }) => internal === 5432);
  return {
    container: container.name,
    volume: need(mounted("/var/lib/postgresql/data")?.volume_name, "volume at /var/lib/postgresql/data"),
    host: need(port?.ip, "address for port 5432"),
    port: need(port?.external, "external port for 5432"),
    database: need(environment.get("POSTGRES_DB"), "variable POSTGRES_DB"),
    user: need(environment.get("POSTGRES_USER"), "variable POSTGRES_USER"),
    passwordFile: need(mounted(environment.get("POSTGRES_PASSWORD_FILE"))?.host_path, "file mounted at POSTGRES_PASSWORD_FILE"),
  };
}
