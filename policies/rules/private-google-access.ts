import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

/** Machines without a public address reach Google's services. */
export const privateGoogleAccess = resourceRule({
  id: "private-google-access",
  severity: "error",
  reason: "Machines without a public address couldn't reach Cloud Storage or BigQuery, or would pay for NAT to do so.",
  mend: "Set private_ip_google_access to true.",
  reads: { google_compute_subnetwork: ["private_ip_google_access", "purpose"] },
  check: (subnet) => {
    const set = subnet.value("private_ip_google_access");
    const isForMachines = [undefined, "PRIVATE", "PRIVATE_RFC_1918"].includes(subnet.texts("purpose")[0]);
    return set === true || isReference(set) || !isForMachines ? [] : ["private_ip_google_access isn't true"];
  },
});
