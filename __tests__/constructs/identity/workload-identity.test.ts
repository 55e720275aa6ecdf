import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { dev, only, resources, synth } from "../synth";

const props = { environment: dev, workload: "ingest", description: "Reads files." };

describe("WorkloadIdentity", () => {
  test("minimal: an account without a key", () => {
    const json = synth((stack) => new WorkloadIdentity(stack, "ingest", props));

    expect(only(json, "google_service_account").account_id).toBe("trips-ingest");
    expect(Object.keys(json.resource)).toEqual(["google_service_account"]);
  });

  test("a project role is one additive member", () => {
    const json = synth((stack) => new WorkloadIdentity(stack, "ingest", props).grantProjectRole("roles/bigquery.jobUser"));

    expect(only(json, "google_project_iam_member")).toMatchObject({ project: "acme-dev", role: "roles/bigquery.jobUser" });
  });

  test("who may act as it, and who may start what runs as it, are two grants on the account", () => {
    const grantee = { id: "orchestrator", member: "serviceAccount:trips-orchestrator@acme-dev.iam.gserviceaccount.com" };
    const json = synth((stack) => {
      const ingest = new WorkloadIdentity(stack, "ingest", props);
      ingest.grantImpersonation(grantee);
      ingest.grantUse(grantee);
    });
    const [[account]] = Object.entries(json.resource.google_service_account) as [[string, unknown]];
    const on = { service_account_id: `\${google_service_account.${account}.name}`, member: grantee.member };

    expect(resources(json, "google_service_account_iam_member")).toEqual([
      expect.objectContaining({ ...on, role: "roles/iam.serviceAccountTokenCreator" }),
      expect.objectContaining({ ...on, role: "roles/iam.serviceAccountUser" }),
    ]);
  });

  test.each(["roles/owner", "roles/editor", "roles/viewer"])("the primitive role %s is refused", (role) => {
    expect(() => synth((stack) => new WorkloadIdentity(stack, "ingest", props).grantProjectRole(role))).toThrow(
      /primitive role: grant workload "ingest"/,
    );
  });

  test("a workload whose account id Google would refuse is refused here", () => {
    expect(() => synth((stack) => new WorkloadIdentity(stack, "x", { ...props, workload: "Ingest_2" }))).toThrow(
      /"trips-Ingest_2" breaks Google's rules/,
    );
  });
});
