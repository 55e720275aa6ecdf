import { Lake } from "../../../constructs/lake/lake";
import { ProjectServices } from "../../../constructs/project/project-services";
import { dev, only, resources, synth } from "../synth";

const services = ["storage.googleapis.com", "bigquery.googleapis.com"];

describe("ProjectServices", () => {
  test("switches APIs on, and leaves them on when destroyed", () => {
    const made = resources(
      synth((stack) => new ProjectServices(stack, "project", { environment: dev, services })),
      "google_project_service",
    );

    expect(made.map(({ service }) => service).sort()).toEqual([...services].sort());
    expect(made.every((one) => one.disable_on_destroy === false && one.project === "acme-dev")).toBe(true);
  });

  test("what is held back waits until the APIs answer; a resource added later as well", () => {
    const json = synth((stack) => {
      const project = new ProjectServices(stack, "project", { environment: dev, services, propagationSeconds: 30 });
      const lake = new Lake(stack, "lake", { environment: dev });
      project.holdBack(lake);
      lake.raw.grantRead({ id: "late", member: "user:late@example.com" });
    });

    const [[id, wait]] = Object.entries<any>(json.resource.terraform_data) as [[string, any]];
    expect(wait.provisioner).toEqual([{ "local-exec": { command: 'sleep "$${PROPAGATION_SECONDS:-30}"' } }]);
    expect(wait.triggers_replace).toEqual({ services: services.join(" ") });
    expect(only(json, "google_storage_bucket_iam_member").depends_on).toEqual([`terraform_data.${id}`]);
    expect(resources(json, "google_storage_bucket").every((bucket) => bucket.depends_on.includes(`terraform_data.${id}`))).toBe(true);
  });

  test("held back as part of a whole stack, it doesn't wait for itself", () => {
    const json = synth((stack) => {
      new ProjectServices(stack, "project", { environment: dev, services }).holdBack(stack);
      new Lake(stack, "lake", { environment: dev });
    });

    expect(resources(json, "google_project_service").map(({ depends_on }) => depends_on)).toEqual([undefined, undefined]);
    expect(resources(json, "google_storage_bucket").every(({ depends_on }) => depends_on.length === 1)).toBe(true);
  });

  test("a plan without a project id is refused with the variable that sets it", () => {
    const json = synth(
      (stack) =>
        new ProjectServices(stack, "project", {
          environment: { ...dev, projectId: "your-project-dev" },
          services,
          missing: [{ setting: "project.id", variable: "GCP_PROJECT_DEV" }],
        }),
    );

    const check = resources(json, "terraform_data").find((one) => one.lifecycle);
    expect(check.lifecycle.precondition).toEqual([
      {
        condition: "${var.accepts_placeholder_project}",
        error_message: 'No Google project is set for "dev": set project.id in config/dev.yaml or the variable GCP_PROJECT_DEV.',
      },
    ]);
    expect(json.variable.accepts_placeholder_project.default).toBe(false);
  });
});
