import { GoogleError } from "../../google/google-error";
import { change, done, type Step } from "../step";

/** The stack that comes before the platform, with its state in the bucket that it makes. */
export const bootstrap: Step = {
  title: "Bootstrap",
  why: "The bucket of Terraform's states, the budget and the identities of continuous integration.",
  look: async ({ google, wishes: { environment }, stateBucket }) => {
    const state = encodeURIComponent(`bootstrap/${environment}/default.tfstate`);
    try {
      await google.get(`storage/storage/v1/b/${stateBucket}/o/${state}`);
      return done(`gs://${stateBucket}`);
    } catch (error) {
      if (!(error instanceof GoogleError && error.status === 404)) throw error;
      return change(`Deploy ${environment}-bootstrap, and move its state into gs://${stateBucket}`, {
        kind: "command",
        command: ["bootstrap", environment, "--yes"],
      });
    }
  },
};
