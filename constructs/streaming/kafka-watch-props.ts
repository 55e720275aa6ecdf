import type { WorkloadIdentity } from "../identity/workload-identity";

/** What a {@link KafkaWatch} needs to know. */
export interface KafkaWatchProps {
  /** Whom the brokers run as: it reports the values. */
  readonly broker: WorkloadIdentity;

  /**
   * Records that a consumer group may have to read before an alert is raised.
   *
   * @default 100000
   */
  readonly maxLag?: number;

  /**
   * Share of a broker's disk that may be used before an alert is raised, 0 to 1.
   *
   * @default 0.8
   */
  readonly maxDiskShare?: number;
}
