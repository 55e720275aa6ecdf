import { resourceRule } from "../rule";
import { textsIn } from "../texts";

const EVERYBODY = /(?:^|:)(?:allUsers|allAuthenticatedUsers)$/;
const PUBLIC_LISTS = ["publicRead", "publicReadWrite", "authenticatedRead"];

/** Grants to everybody, in whatever argument they stand. */
export const publicAccess = resourceRule({
  id: "public-access",
  severity: "error",
  reason: "Whoever is on the internet, or has any Google account, could read or change it.",
  mend: "Grant to a group or a service account.",
  reads: { "google_*": [] },
  check: ({ attributes }) =>
    textsIn(attributes)
      .filter(({ path, value }) => EVERYBODY.test(value) || (path.at(-1) === "predefined_acl" && PUBLIC_LISTS.includes(value)))
      .map(({ path, value }) => `${path.join(".")} is "${value}"`),
});
