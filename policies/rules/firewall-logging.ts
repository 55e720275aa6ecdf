import { resourceRule } from "../rule";

/** Which firewall rule let something in is known afterwards. */
export const firewallLogging = resourceRule({
  id: "firewall-logging",
  severity: "error",
  reason: "Without logs nobody can say which connections the rule let through or refused.",
  mend: "Add log_config.",
  reads: { google_compute_firewall: ["log_config", "disabled"] },
  check: (firewall) => (firewall.has("log_config") || firewall.value("disabled") === true ? [] : ["log_config is missing"]),
});
