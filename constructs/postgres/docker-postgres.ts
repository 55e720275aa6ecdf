import { Container, type ContainerConfig } from "@cdktf/provider-docker/lib/container";
import { Image } from "@cdktf/provider-docker/lib/image";
import { Network } from "@cdktf/provider-docker/lib/network";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { isAbsolute } from "node:path";
import type { DockerPostgresProps, PgAdminProps } from "./docker-postgres-props";
import type { Postgres } from "./postgres";

const LOOPBACK = "127.0.0.1";
const PASSWORD_PATH = "/run/secrets/postgres-password";

/**
 * Postgres in Docker on the machine that deploys, reachable from that machine alone.
 *
 * The password never enters Terraform: the container reads it from a file that is mounted into it.
 *
 * ### Cost
 * None beyond the machine.
 *
 * @throws Error when the password file's path is relative: Docker would take it for the name of a volume.
 */
export class DockerPostgres extends Construct implements Postgres {
  public readonly network: Network;
  public readonly volume: Volume;
  public readonly image: Image;
  public readonly container: Container;

  /** Only where pgAdmin is asked for. */
  public readonly pgAdmin?: Container;

  public readonly host = LOOPBACK;
  public readonly port: number;
  public readonly database: string;
  public readonly user: string;
  public readonly passwordFile: string;

  constructor(scope: Construct, id: string, props: DockerPostgresProps) {
    super(scope, id);
    const { environment, name, image, port, database, user, passwordFile, destroyData = false } = props;
    if (!isAbsolute(passwordFile)) throw new Error(`The password file "${passwordFile}" of Postgres must be an absolute path.`);
    this.port = port;
    this.database = database;
    this.user = user;
    this.passwordFile = passwordFile;

    this.network = new Network(this, "network", { name: `${name}-postgres` });
    this.volume = new Volume(this, "volume", {
      name: `${name}-postgres-data`,
      lifecycle: { preventDestroy: !(destroyData && environment.allowsDataDeletion) },
    });
    this.image = new Image(this, "image", { name: image, keepLocally: true });
    this.container = this.runs("container", passwordFile, {
      name: `${name}-postgres`,
      image: this.image.imageId,
      env: [`POSTGRES_DB=${database}`, `POSTGRES_USER=${user}`, `POSTGRES_PASSWORD_FILE=${PASSWORD_PATH}`],
      ports: [{ ip: LOOPBACK, internal: 5432, external: port }],
      volumes: [{ volumeName: this.volume.name, containerPath: "/var/lib/postgresql/data" }],
      healthcheck: {
        test: ["CMD-SHELL", `pg_isready -U ${user} -d ${database}`],
        interval: "2s",
        timeout: "5s",
        startPeriod: "30s",
        retries: 30,
      },
      wait: true,
      waitTimeout: 120,
    });
    if (props.pgAdmin) this.pgAdmin = this.pgAdminFor(name, passwordFile, props.pgAdmin);
  }

  private pgAdminFor(name: string, passwordFile: string, { image, port, email }: PgAdminProps): Container {
    const pulled = new Image(this, "pgadmin-image", { name: image, keepLocally: true });
    return this.runs("pgadmin", passwordFile, {
      name: `${name}-pgadmin`,
      image: pulled.imageId,
      // The image's own user can't read a file that only its owner may read.
      user: "0:0",
      env: [`PGADMIN_DEFAULT_EMAIL=${email}`, `PGADMIN_DEFAULT_PASSWORD_FILE=${PASSWORD_PATH}`],
      ports: [{ ip: LOOPBACK, internal: 80, external: port }],
      dependsOn: [this.container],
    });
  }

  // A local, because Terraform refuses a condition that refers to nothing else in the configuration.
  private passwordFileExists(passwordFile: string): string {
    const file =
      (this.node.tryFindChild("password-file") as TerraformLocal | undefined) ?? new TerraformLocal(this, "password-file", passwordFile);
    return `\${fileexists(${file.fqn})}`;
  }

  private runs(id: string, passwordFile: string, config: ContainerConfig): Container {
    return new Container(this, id, {
      restart: "unless-stopped",
      networksAdvanced: [{ name: this.network.name }],
      ...config,
      volumes: [
        ...((config.volumes as readonly object[] | undefined) ?? []),
        { hostPath: passwordFile, containerPath: PASSWORD_PATH, readOnly: true },
      ],
      lifecycle: {
        precondition: [
          {
            condition: this.passwordFileExists(passwordFile),
            errorMessage: `The password file ${passwordFile} is missing: run npm run setup, which makes it.`,
          },
        ],
      },
    });
  }
}
