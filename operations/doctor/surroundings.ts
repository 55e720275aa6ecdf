import type { Configuration } from "../../config/configuration";
import type { Credentials } from "../google/credentials";
import type { GoogleApi } from "../google/google-api";

/** Who listens on a port. */
export interface PortHolder {
  readonly pid?: number;
  readonly command?: string;
}

/** What a program answered. */
export interface Answer {
  readonly code: number;
  readonly output: string;
}

/** All that the checks look at, so that a test can plant what is wrong. */
export interface Surroundings {
  /** Absolute path of the project. */
  readonly root: string;
  readonly variables: NodeJS.ProcessEnv;
  readonly nodeVersion: string;
  readonly memoryBytes: number;

  /** Free bytes on the disk that holds a folder. */
  freeBytes(folder: string): number;

  /** Runs a program; undefined where there is none of that name. */
  ask(program: string, ...args: string[]): Promise<Answer | undefined>;

  /** Who holds a port on 127.0.0.1; undefined where it is free. */
  portHolder(port: number): Promise<PortHolder | undefined>;

  /** Why an address can't be reached; undefined where it answers. */
  unreachable(url: string): Promise<string | undefined>;

  /** Steps of set-up that are not, or no longer, done. */
  openSetUp(): Promise<readonly string[]>;

  /** The dataset with the landed tables. */
  readonly landedDataset: string;

  /** The environment's configuration, or what is wrong with it. */
  readonly configuration: Configuration | { readonly problems: readonly string[] };

  /** Whether the platform runs, or is to run, in the cloud; on this machine alone no check of Google's is needed. */
  readonly cloud: boolean;

  /** Undefined where there are none; the error says why. */
  readonly credentials: Credentials | { readonly problem: string };
  readonly google: GoogleApi | undefined;
}

/** The configuration, if it could be read. */
export const configurationOf = ({ configuration }: Surroundings): Configuration | undefined =>
  "problems" in configuration ? undefined : configuration;
