import type { Environment } from "../environment/environment";

/** What an {@link UptimeCheck} needs to know. */
export interface UptimeCheckProps {
  /** Whose check it is. */
  readonly environment: Environment;

  /** What is checked, e.g. `Trip files of the TLC`. */
  readonly title: string;

  /** Public host, e.g. `example.com`. */
  readonly host: string;

  /**
   * Path that is fetched.
   *
   * @default "/"
   */
  readonly path?: string;

  /**
   * Text that the answer must hold.
   *
   * @default - any answer of status 2xx will do
   */
  readonly content?: string;

  /**
   * Minutes between two checks from one region: Google offers 1, 5, 10 and 15.
   *
   * @default 15
   */
  readonly periodMinutes?: 1 | 5 | 10 | 15;

  /**
   * Seconds to wait for the answer: 1 to 60.
   *
   * @default 10
   */
  readonly timeoutSeconds?: number;
}
