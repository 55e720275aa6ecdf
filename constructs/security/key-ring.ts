import { KmsKeyRing } from "@cdktf/provider-google/lib/kms-key-ring";
import { Construct } from "constructs";
import type { KeyRingProps } from "./key-ring-props";

/**
 * Holds the encryption keys of an environment, in its location.
 *
 * ### Cost
 * None; its keys cost, see {@link EncryptionKey}.
 *
 * @throws Error when the name would break Cloud KMS's rules (1 to 63 of letters, digits, dash and underscore).
 * @see https://cloud.google.com/kms/docs/resource-hierarchy#key_rings
 */
export class KeyRing extends Construct {
  /** The ring itself. Destroying it only takes it out of Terraform's state: Google never deletes one. */
  public readonly keyRing: KmsKeyRing;

  /** `projects/…/locations/…/keyRings/…`; known before the ring exists, and whoever reads it waits for the ring. */
  public readonly name: string;

  constructor(scope: Construct, id: string, props: KeyRingProps) {
    super(scope, id);
    const { environment, name = "trips" } = props;
    const { projectId, location } = environment;
    if (!/^[a-zA-Z0-9_-]{1,63}$/.test(name)) {
      throw new Error(`The key ring's name "${name}" breaks Cloud KMS's rules: use 1 to 63 of letters, digits, dash and underscore.`);
    }
    this.keyRing = new KmsKeyRing(this, "ring", { project: projectId, location, name });
    this.name = `projects/${projectId}/locations/${location}/keyRings/${this.keyRing.name}`;
  }
}
