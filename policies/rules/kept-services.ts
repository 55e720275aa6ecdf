import { isReference } from "../resource-view";
import { resourceRule } from "../rule";

/** Taking a stack away doesn't switch off APIs that others use. */
export const keptServices = resourceRule({
  id: "kept-services",
  severity: "error",
  reason: "Destroying the stack would switch the API off for the whole project, with all that uses it.",
  mend: "Set disable_on_destroy to false.",
  reads: { google_project_service: ["disable_on_destroy"] },
  check: (service) => {
    const set = service.value("disable_on_destroy");
    return set === false || isReference(set) ? [] : ["disable_on_destroy isn't false"];
  },
});
