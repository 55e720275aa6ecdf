import { GoogleApi } from "../../../operations/google/google-api";
import type { GoogleService } from "../../../constructs/project/service-agents";
import { agentServices, asking, origins } from "../../../operations/onboarding/agents";
import { bootstrapServices, platformServices } from "../../../stacks/platform/services";
import { configured } from "../doctor/surroundings";
import { GoogleDouble } from "../google/double";
import { GoogleProject } from "./google-project";

describe("accounts of Google's own", () => {
  test("with keys of one's own those of storage and BigQuery are asked for, whatever else is on", () => {
    const least = configured(({ security }) => {
      security.customerManagedKeys = true;
    });
    const on = [...bootstrapServices(least), ...platformServices(least)];

    expect(agentServices.filter((service) => on.includes(service))).toEqual(
      expect.arrayContaining(["bigquery.googleapis.com", "storage.googleapis.com"]),
    );
    expect(agentServices).toContain("run.googleapis.com");
  });

  test("none is left out that a stack may grant something to", () => {
    // The compiler compares them.
    const known: Readonly<Record<GoogleService, unknown>> = origins;
    const services: Readonly<Record<keyof typeof origins, unknown>> = known;
    expect(Object.keys(services)).toEqual(Object.keys(origins));
  });

  test("each is made by the call that is foreseen for it", async () => {
    const double = new GoogleDouble();
    await double.start();
    const project = new GoogleProject(double);
    for (const service of agentServices) project.services.add(service);
    const google = new GoogleApi({
      credentials: { kind: "a test", token: () => Promise.resolve("t") },
      signal: new AbortController().signal,
      endpoint: double.endpoint,
      patience: 1,
    });
    for (const service of agentServices) {
      const made = asking("acme-dev", service);
      if (made.kind === "call") await (made.method === "GET" ? google.get(made.address) : google.post(made.address));
    }

    expect([...project.agents].sort()).toEqual(agentServices);
    await double.stop();
  });
});
