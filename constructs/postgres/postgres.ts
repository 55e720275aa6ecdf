/** What a loader must know of a Postgres, wherever that runs. */
export interface Postgres {
  /** Address by which it is reached from where the pipelines run. */
  readonly host: string;

  /** TCP port. */
  readonly port: number;

  /** Name of the database. */
  readonly database: string;

  /** Name of the user that loads. */
  readonly user: string;

  /** File with the user's password; undefined where the user logs in with a token of its Google identity instead of a password. */
  readonly passwordFile?: string;
}
