import type { EnvironmentFile } from "./schema";

/** Where Terraform keeps an environment's state. */
export type Backend =
  { readonly kind: "gcs"; readonly bucket: string; readonly prefix: string } | { readonly kind: "local"; readonly path: string };

/** All that one environment's stacks need to know. */
export interface Configuration extends Omit<EnvironmentFile, "$schema" | "project" | "state" | "postgres"> {
  /** Name of the environment: `dev`, `prod`. */
  readonly name: string;

  readonly project: {
    readonly id: string;
    readonly number: string;

    /** What is a placeholder because nothing sets it yet: the setting, and the variable that goes before it. */
    readonly missing: readonly { readonly setting: string; readonly variable: string }[];
  };

  /** As in the file, but with the password file's absolute path. */
  readonly postgres: EnvironmentFile["postgres"];

  /** Where the state of the platform's stack lies. */
  readonly backend: Backend;

  /** Where the state of the bootstrap's stack lies: in the bucket that it makes. Until that is made, `npm run bootstrap` overrides it. */
  readonly bootstrapBackend: Backend;

  /** Bucket of the states in the cloud; the bootstrap's stack makes it. */
  readonly stateBucket: string;
}
