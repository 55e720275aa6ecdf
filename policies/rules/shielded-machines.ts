import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

const PATH = "shielded_instance_config.enable_secure_boot";

/** Machines boot signed software only. */
export const shieldedMachines = resourceRule({
  id: "shielded-machines",
  severity: "error",
  reason: "A rootkit would survive a restart; many organisations refuse machines without it (constraint requireShieldedVm).",
  mend: "Set shielded_instance_config.enable_secure_boot to true, on an image that supports it.",
  reads: { google_compute_instance: [PATH], google_compute_instance_template: [PATH], google_compute_region_instance_template: [PATH] },
  check: (machine) => (machine.value(PATH) === true || isReference(machine.value(PATH)) ? [] : [`${PATH} isn't true`]),
});
