import type { Environment } from "../environment/environment";

/** What a {@link DockerPostgres} needs to know. */
export interface DockerPostgresProps {
  /** Says whether data may be deleted. */
  readonly environment: Environment;

  /** Beginning of the names of network, volume and containers, e.g. `trips-dev`. */
  readonly name: string;

  /** Image of Postgres, with its version. */
  readonly image: string;

  /** Port on 127.0.0.1. */
  readonly port: number;

  /** Name of the database. */
  readonly database: string;

  /** Name of the database's owner. */
  readonly user: string;

  /** Absolute path, on the machine that runs Docker, of a file with the owner's password. */
  readonly passwordFile: string;

  /**
   * Second key to deleting data: lets the volume be destroyed, where the environment allows it.
   *
   * @default false
   */
  readonly destroyData?: boolean;

  /**
   * pgAdmin beside Postgres.
   *
   * @default - none
   */
  readonly pgAdmin?: PgAdminProps;
}

/** What pgAdmin needs to know; its password is that of Postgres. */
export interface PgAdminProps {
  /** Image of pgAdmin, with its version. */
  readonly image: string;

  /** Port on 127.0.0.1. */
  readonly port: number;

  /** Name to log in with: an e-mail address. */
  readonly email: string;
}
