import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ServerlessBatchesProps } from "./serverless-batches-props";

/** Told to the firewall by every batch: its machines are Google's, so that the rule can't know them by their account. */
const TAG = "trips-spark-batch";

/** What whoever submits a batch passes to Dataproc; the names are those of the API's `RuntimeConfig`, `ExecutionConfig` and `PeripheralsConfig`. */
export interface BatchDefaults {
  readonly runtime_config: { readonly version: string; readonly properties: Readonly<Record<string, string>> };
  readonly execution_config: {
    readonly service_account: string;
    readonly subnetwork_uri: string;
    readonly network_tags: readonly string[];
    readonly staging_bucket: string;
    readonly ttl: string;
    readonly kms_key?: string;
  };
  readonly spark_history_server?: string;
}

/**
 * Serverless Spark: no cluster, each batch brings its machines and pays for them alone. A batch is a run, not a thing to be kept, so Terraform
 * makes none: it makes what batches need, and tells by {@link defaults} what to submit them with.
 *
 * ### Cost
 * None by itself. A batch costs 0.06 USD per DCU and hour (us-central1, 2026-07; europe-west1 a little more) and shuffled data; a DCU is a vCPU
 * and its memory, and a batch takes at least 12 while it runs.
 *
 * @throws Error when version, executors or timeout are out of bounds.
 * @see https://cloud.google.com/dataproc-serverless/docs/concepts/network
 */
export class ServerlessBatches extends Construct {
  /** Lets the machines of batches talk to each other, on every port, as Spark needs it; nothing else reaches them, and they reach nothing else. */
  public readonly firewall: ComputeFirewall;

  /** What a batch is submitted with. */
  public readonly defaults: BatchDefaults;

  /** Grants without which a batch is refused; none without a key. */
  public readonly grants: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: ServerlessBatchesProps) {
    super(scope, id);
    const { environment, identity, network, artifacts, encryptionKey, historyServer } = props;
    const { runtimeVersion = "2.3", timeoutMinutes = 120 } = props;
    if (!/^2\.[23]$/.test(runtimeVersion)) {
      throw new Error(`The serverless runtime "${runtimeVersion}" must be one with Spark 3.5: write "2.3" or "2.2".`);
    }
    checkRange("timeoutMinutes", timeoutMinutes, 10, 20_160);

    this.firewall = new ComputeFirewall(this, "firewall", {
      project: environment.projectId,
      name: "trips-spark-batch-internal",
      description: "Machines of Spark's serverless batches among themselves.",
      network: network.vpc.id,
      direction: "INGRESS",
      sourceTags: [TAG],
      targetTags: [TAG],
      allow: [{ protocol: "tcp" }, { protocol: "udp" }, { protocol: "icmp" }],
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
    });
    this.grants = encryptionKey ? [encryptionKey.grantService("compute"), encryptionKey.grantService("dataproc")] : [];
    this.defaults = {
      runtime_config: { version: runtimeVersion, properties: batchProperties(props) },
      execution_config: {
        service_account: identity.account.email,
        subnetwork_uri: network.subnet.id,
        network_tags: [TAG],
        staging_bucket: artifacts.scratch.name,
        ttl: `${String(timeoutMinutes * 60)}s`,
        ...(encryptionKey ? { kms_key: encryptionKey.name } : {}),
      },
      ...(historyServer ? { spark_history_server: historyServer.resourceName } : {}),
    };
  }
}

function batchProperties({ maxExecutors = 4, properties }: ServerlessBatchesProps): Record<string, string> {
  checkRange("maxExecutors", maxExecutors, 2, 2000);
  return {
    "spark.dynamicAllocation.maxExecutors": String(maxExecutors),
    ...properties,
  };
}

function checkRange(prop: string, count: number, least: number, most: number): void {
  if (Number.isInteger(count) && count >= least && count <= most) return;
  throw new Error(`${prop} of serverless batches must be a whole number from ${String(least)} to ${String(most)}, not ${String(count)}.`);
}
