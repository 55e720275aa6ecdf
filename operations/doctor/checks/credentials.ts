import { existsSync } from "node:fs";
import { SET_CLOCK, wrongBy } from "../../google/clock";
import { GoogleError } from "../../google/google-error";
import { type Check, fail, pass, skip, warn } from "../check";

const SIGN_IN = "gcloud auth application-default login";

/** Who Google takes us for. */
export const credentialsChecks: readonly Check[] = [
  {
    group: "credentials",
    cloud: true,
    title: "Credentials",
    why: "Terraform and every command in the cloud act under the application default credentials.",
    look: async ({ credentials, variables }) => {
      const key = variables.GOOGLE_APPLICATION_CREDENTIALS;
      if (key && !existsSync(key))
        return fail(`GOOGLE_APPLICATION_CREDENTIALS names ${key}, which isn't there`, `unset it, and sign in: ${SIGN_IN}`);
      if ("problem" in credentials) return fail(firstLine(credentials.problem), `Sign in: ${SIGN_IN}`);
      try {
        await credentials.token();
      } catch (error) {
        return fail(firstLine((error as Error).message), `Sign in again: ${SIGN_IN}`);
      }
      if (key)
        return warn(
          `${credentials.kind}, from a key file`,
          `Keys leak and don't expire: unset GOOGLE_APPLICATION_CREDENTIALS, and sign in: ${SIGN_IN}`,
        );
      return pass(credentials.kind);
    },
  },
  {
    group: "credentials",
    cloud: true,
    title: "Quota project",
    why: "Calls of a person are counted against a project; without one, budgets and other APIs answer 403.",
    look: ({ credentials, configuration }) => {
      if ("problem" in credentials) return skip("no credentials");
      if (credentials.kind !== "a person") return skip("only persons need one");
      const id = "problems" in configuration ? "<project id>" : configuration.project.id;
      const mend = `gcloud auth application-default set-quota-project ${id}`;
      if (credentials.quotaProject === undefined) return warn("none", mend);
      return credentials.quotaProject === id ? pass(id) : warn(`${credentials.quotaProject}, another project`, mend);
    },
  },
  {
    group: "credentials",
    cloud: true,
    title: "Clock",
    why: "Google refuses tokens that are of another time.",
    look: async ({ google }) => {
      if (google === undefined) return skip("no credentials");
      if (google.clockAhead === undefined) {
        try {
          await google.get("cloudresourcemanager/v1/projects?pageSize=1");
        } catch (error) {
          if (!(error instanceof GoogleError)) throw error; // a refusal tells the time, too
        }
      }
      if (google.clockAhead === undefined) return skip("Google doesn't answer");
      const wrong = wrongBy(google);
      return wrong ? fail(wrong, SET_CLOCK) : pass("agrees with Google's");
    },
  },
];

const firstLine = (text: string): string => text.split("\n", 1)[0] ?? text;
