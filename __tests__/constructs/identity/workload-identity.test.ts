import { WorkloadIdentity } from "../../../constructs/identity/workload-identity";
import { dev, only, synth } from "../synth";

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
