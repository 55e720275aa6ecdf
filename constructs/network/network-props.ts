import type { Environment } from "../environment/environment";

/** Over how long a flow log sums up a connection, in Google's own words. */
export type FlowLogInterval =
  "INTERVAL_5_SEC" | "INTERVAL_30_SEC" | "INTERVAL_1_MIN" | "INTERVAL_5_MIN" | "INTERVAL_10_MIN" | "INTERVAL_15_MIN";

/** What a {@link Network} needs to know. */
export interface NetworkProps {
  /** Gives the network its project and the subnet its region. */
  readonly environment: Environment;

  /**
   * Private addresses of the subnet, e.g. `10.10.0.0/20`: /8 to /29 within 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16. May grow later, not shrink.
   *
   * @default "10.10.0.0/20" - 4,092 machines
   */
  readonly cidr?: string;

  /**
   * Whether machines, none of which has a public address, may call the internet, e.g. to install packages. Google's APIs they reach without.
   *
   * @default true
   */
  readonly nat?: boolean;

  /**
   * Share of connections that flow logs describe, from 0 (exclusive) to 1.
   *
   * @default 0.5
   */
  readonly flowLogSampling?: number;

  /**
   * Over how long a flow log sums up a connection: longer means fewer log entries.
   *
   * @default "INTERVAL_10_MIN"
   */
  readonly flowLogInterval?: FlowLogInterval;
}
