import type { Environment } from "../environment/environment";

/** What a {@link KeyRing} needs to know. */
export interface KeyRingProps {
  /** Gives the ring its project and its location: a key encrypts only what lies in its own location. */
  readonly environment: Environment;

  /**
   * Name of the ring, 1 to 63 of letters, digits, dash and underscore. Google keeps a ring's name for ever, even after `destroy`: to deploy a
   * destroyed environment again, choose another.
   *
   * @default "trips"
   */
  readonly name?: string;
}
