import { type Block, isReference, type ResourceView } from "../resource-view";
import { resourceRule } from "../rule";

/** What the guest takes for yes: https://cloud.google.com/compute/docs/metadata/predefined-metadata-keys */
const isYes = (value: string): boolean => /^(true|y|yes|1)$/i.test(value);

function faultsOf(machine: ResourceView): string[] {
  const metadata = machine.value("metadata");
  if (isReference(metadata)) return [];
  const given = new Map(Object.entries((metadata as Block | undefined) ?? {}).map(([key, value]) => [key, String(value)]));
  const of = (key: string) => given.get(key) ?? "";
  const unless = (key: string) => (isYes(of(key)) || isReference(of(key)) ? [] : [`metadata.${key} isn't TRUE`]);
  return [
    ...unless("enable-oslogin"),
    ...unless("block-project-ssh-keys"),
    ...(isYes(of("serial-port-enable")) ? ["metadata.serial-port-enable opens a console that no firewall guards"] : []),
    ...(given.has("ssh-keys") ? ["metadata.ssh-keys lets in whoever has the key"] : []),
  ];
}

/** People log in to machines by their Google identity, or not at all. */
export const machineLogins = resourceRule({
  id: "machine-logins",
  severity: "error",
  reason: "Keys in metadata outlive whoever had them, and the serial console is open to the internet.",
  mend: "Set the metadata enable-oslogin and block-project-ssh-keys to TRUE; leave serial-port-enable and ssh-keys out.",
  reads: {
    google_compute_instance: ["metadata"],
    google_compute_instance_template: ["metadata"],
    google_compute_region_instance_template: ["metadata"],
  },
  check: faultsOf,
});
