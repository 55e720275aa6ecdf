import type { TerraformStack } from "cdktf";
import type { Environment } from "../../../constructs/environment/environment";
import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { Network } from "../../../constructs/network/network";
import { EncryptionKey } from "../../../constructs/security/encryption-key";
import { KeyRing } from "../../../constructs/security/key-ring";
import { SparkArtifacts } from "../../../constructs/spark/spark-artifacts";
import { dev, synth } from "../synth";

export interface Surroundings {
  readonly stack: TerraformStack;
  readonly network: Network;
  readonly placement: {
    readonly environment: Environment;
    readonly identity: WorkloadIdentity;
    readonly subnet: Network["subnet"];
    readonly artifacts: SparkArtifacts;
    readonly encryptionKey?: EncryptionKey;
  };
}

/** What a stack with Spark's surroundings and the given constructs synthesises to. */
export const synthSpark = (build: (surroundings: Surroundings) => void, options: { encrypted?: boolean } = {}): any =>
  synth((stack) => {
    const keyRing = options.encrypted ? new KeyRing(stack, "keys", { environment: dev }) : undefined;
    const encryptionKey = keyRing && new EncryptionKey(stack, "data", { environment: dev, keyRing, name: "data" });
    const network = new Network(stack, "network", { environment: dev });
    const identity = new WorkloadIdentity(stack, "spark", { environment: dev, workload: "spark", description: "Runs Spark." });
    const artifacts = new SparkArtifacts(stack, "artifacts", { environment: dev, encryptionKey });
    build({ stack, network, placement: { environment: dev, identity, subnet: network.subnet, artifacts, encryptionKey } });
  });
