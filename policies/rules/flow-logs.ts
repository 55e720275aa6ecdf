import { resourceRule } from "../rule";

/** Subnets of proxies and of Private Service Connect can't log flows. */
const MACHINES = [undefined, "PRIVATE", "PRIVATE_RFC_1918"];

/** Who talked to whom is known afterwards. */
export const flowLogs = resourceRule({
  id: "flow-logs",
  severity: "error",
  reason: "Without flow logs nobody can say afterwards who talked to whom.",
  mend: "Add log_config; a flow_sampling below 1 keeps it cheap.",
  reads: { google_compute_subnetwork: ["log_config", "purpose"] },
  check: (subnet) => (subnet.has("log_config") || !MACHINES.includes(subnet.texts("purpose")[0]) ? [] : ["log_config is missing"]),
});
