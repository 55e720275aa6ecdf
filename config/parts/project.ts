import { z } from "zod";
import { projectId } from "./values";

/** The Google project of an environment. */
export const project = z.strictObject({
  id: projectId
    .optional()
    .describe(
      "Google project id of this environment; the variable GCP_PROJECT_<ENVIRONMENT> goes before it. Needed only to deploy to the cloud.",
    ),
  number: z
    .string()
    .regex(/^[0-9]{6,20}$/, "a Google project number in quotes, digits only")
    .optional()
    .describe(
      "Number of the project, as text; addresses of Google's service agents are formed from it. The variable GCP_PROJECT_NUMBER_<ENVIRONMENT> goes before it. Needed only to deploy to the cloud.",
    ),
});
