import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

/** What leaves through NAT leaves a trace. */
export const natLogging = resourceRule({
  id: "nat-logging",
  severity: "error",
  reason: "Without logs nobody sees which machine sent data out, or that connections were dropped for want of ports.",
  mend: 'Set log_config.enable to true, with the filter "ERRORS_ONLY" where the volume matters.',
  reads: { google_compute_router_nat: ["log_config.enable"] },
  check: (nat) => {
    const set = nat.value("log_config.enable");
    return set === true || isReference(set) ? [] : ["log_config.enable isn't true"];
  },
});
