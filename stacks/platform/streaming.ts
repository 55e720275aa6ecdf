import type { Construct } from "constructs";
import type { Configuration } from "../../config/configuration";
import type { Environment } from "../../constructs/environment/environment";
import type { GrantPropagation } from "../../constructs/identity/grant-propagation";
import type { Monitoring } from "../../constructs/monitoring/monitoring";
import type { Network } from "../../constructs/network/network";
import type { EncryptionKey } from "../../constructs/security/encryption-key";
import type { KafkaCluster } from "../../constructs/streaming/kafka-cluster";
import { composeKafka } from "./kafka";
import { composePubSub, type PubSubStreaming } from "./pubsub";
import type { Workloads } from "./workloads";

/** What other parts give to {@link composeStreaming}. */
export interface StreamingParts {
  readonly workloads: Workloads;

  /** Waits until producers and consumers may do their work. */
  readonly grants: GrantPropagation;

  /** The configuration refuses Kafka without it. */
  readonly network?: Network;
  readonly encryptionKey?: EncryptionKey;
  readonly monitoring?: Monitoring;
}

/** What carries ride events: one of the two, or nothing. */
export interface Streaming {
  readonly kafka?: KafkaCluster;
  readonly pubsub?: PubSubStreaming;
}

/** Kafka or Pub/Sub, as configured; undefined where both are off. */
export function composeStreaming(
  scope: Construct,
  environment: Environment,
  configuration: Configuration,
  parts: StreamingParts,
): Streaming | undefined {
  switch (configuration.streaming.kind) {
    case "none":
      return undefined;
    case "kafka":
      return { kafka: composeKafka(scope, environment, configuration, parts) };
    case "pubsub":
      return { pubsub: composePubSub(scope, environment, configuration, parts) };
  }
}
