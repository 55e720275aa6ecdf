import type { Environment } from "../environment/environment";
import type { EmailChannel } from "./email-channel";

/** How bad it is: `CRITICAL` data or secrets are exposed, `ERROR` the platform doesn't do its work, `WARNING` it soon won't. */
export type Severity = "CRITICAL" | "ERROR" | "WARNING";

/** What every alert needs to know. */
export interface AlertProps {
  /** Whose alert it is. */
  readonly environment: Environment;

  /** Who is told. */
  readonly channels: readonly EmailChannel[];

  /** What happened, e.g. `A task of the pipelines failed`. */
  readonly title: string;

  /** What to do about it, for somebody who is woken by it: Markdown, at most 8,192 characters. */
  readonly whatToDo: string;

  /**
   * How bad it is.
   *
   * @default "WARNING"
   */
  readonly severity?: Severity;

  /**
   * Hours after which an incident without news closes by itself: 0.5 to 168.
   *
   * @default 24
   */
  readonly autoCloseHours?: number;
}

/** What whoever adds an alert to a {@link Monitoring} needs not say. */
export type GivenByMonitoring = "environment" | "channels";
