import { type Check, fail, pass, warn } from "../check";

/** What must answer from here. */
export const networkChecks: readonly Check[] = [
  {
    group: "network",
    title: "Terraform's registry",
    why: "The real providers come from there; the embedded cloud brings its own.",
    cloud: true,
    look: async (at) => {
      const reason = await at.unreachable("https://registry.terraform.io/.well-known/terraform.json");
      return reason === undefined
        ? pass("answers")
        : fail(reason, "Check the connection; behind a proxy set HTTPS_PROXY, or use a provider mirror (terraform providers mirror).");
    },
  },
  {
    group: "network",
    title: "Google",
    why: "Everything in the cloud is asked for there.",
    cloud: true,
    look: async (at) => {
      const reason = await at.unreachable("https://www.googleapis.com/discovery/v1/apis");
      return reason === undefined ? pass("answers") : fail(reason, "Check the connection; behind a proxy set HTTPS_PROXY.");
    },
  },
  {
    group: "network",
    title: "The TLC's files",
    why: "Trips are loaded from there.",
    look: async ({ unreachable }) => {
      const reason = await unreachable("https://d37ci6vzurychx.cloudfront.net/misc/taxi_zone_lookup.csv");
      return reason === undefined
        ? pass("answers")
        : warn(reason, "Without it npm start generates trips; or load files that you have: npm start -- --data <folder>.");
    },
  },
];
