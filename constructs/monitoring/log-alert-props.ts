import type { AlertProps } from "./alert-props";

/** What a {@link LogAlert} needs to know. */
export interface LogAlertProps extends AlertProps {
  /** Entries to tell of, in Cloud Logging's query language: comparisons, all of which must hold. */
  readonly filter: readonly string[];

  /**
   * What the message says of the entry, and the field of each, e.g. `{ who: "protoPayload.authenticationInfo.principalEmail" }`.
   *
   * @default {}
   */
  readonly details?: Readonly<Record<string, string>>;

  /**
   * Minutes that pass at least between two messages.
   *
   * @default 60
   */
  readonly minutesBetweenMessages?: number;
}
