import * as path from "node:path";
import { UNKNOWN } from "../../../../embedded/provider/protocol/value";
import { temporaryFolder } from "../temporary-folder";
import { TerraformCore } from "../terraform-core";

const SINK = "google_logging_project_sink";
const AUDIT = "google_project_iam_audit_config";
const folder = temporaryFolder();
let count = 0;
const newCore = () => new TerraformCore("google", path.join(folder, String(count++)), { project: "acme-dev" });

describe("google_logging_project_sink", () => {
  const audit = {
    name: "trips-audit",
    destination: "bigquery.googleapis.com/projects/acme-dev/datasets/trips_audit",
    filter: 'log_id("cloudaudit.googleapis.com/activity")',
    bigquery_options: [{ use_partitioned_tables: true }],
  };

  test("is created with a writer of its own, and planned again without a change", () => {
    expect(newCore().create(SINK, audit)).toMatchObject({
      id: "projects/acme-dev/sinks/trips-audit",
      project: "acme-dev",
      unique_writer_identity: true,
      writer_identity: expect.stringMatching(/^serviceAccount:service-\d{12}@gcp-sa-logging\.iam\.gserviceaccount\.com$/),
    });
  });

  test("filter and destination change in place, the name replaces it, spaces around a filter mean nothing", () => {
    const core = newCore();
    const state = core.create(SINK, audit);
    const changed = { ...audit, filter: "severity >= ERROR" };

    expect(core.plan(SINK, changed, state).action).toBe("update");
    expect(core.plan(SINK, changed, core.apply(SINK, changed, state)).action).toBe("nothing");
    expect(core.plan(SINK, { ...audit, filter: ` ${audit.filter}\n` }, state).action).toBe("nothing");
    expect(core.plan(SINK, { ...audit, name: "other" }, state)).toMatchObject({ action: "replace", replacedBy: ["name"] });
  });

  test("a sink that gets a writer of its own later has it after apply", () => {
    const core = newCore();
    const { bigquery_options: _, ...shared } = { ...audit, unique_writer_identity: false };
    const state = core.create(SINK, shared);

    expect(state.writer_identity).toBe("serviceAccount:cloud-logs@system.gserviceaccount.com");
    const own = { ...shared, unique_writer_identity: true };
    expect(core.plan(SINK, own, state).state.writer_identity).toBe(UNKNOWN);
    expect(core.apply(SINK, own, state).writer_identity).toMatch(/gcp-sa-logging/);
  });

  test("a destination of no known form, and BigQuery without a writer of its own, are refused", () => {
    expect(newCore().complaints(SINK, { ...audit, destination: "trips_audit", unique_writer_identity: false })).toEqual([
      expect.stringMatching(/"trips_audit" must be a destination like bigquery/),
      expect.stringMatching(/must be true where bigquery_options/),
    ]);
  });
});

describe("google_project_iam_audit_config", () => {
  const storage = {
    project: "acme-dev",
    service: "storage.googleapis.com",
    audit_log_config: [{ log_type: "DATA_READ" }, { log_type: "DATA_WRITE" }],
  };

  test("is created, changed in place, and replaced by another project", () => {
    const core = newCore();
    const state = core.create(AUDIT, storage);
    const changed = { ...storage, audit_log_config: [{ log_type: "DATA_WRITE" }] };

    expect(state.id).toBe("acme-dev/audit_config/storage.googleapis.com");
    expect(core.plan(AUDIT, changed, state).action).toBe("update");
    expect(core.plan(AUDIT, changed, core.apply(AUDIT, changed, state)).action).toBe("nothing");
    expect(core.plan(AUDIT, { ...storage, project: "acme-prod" }, state)).toMatchObject({ action: "replace", replacedBy: ["project"] });
  });

  test("an unknown type of log is refused", () => {
    expect(newCore().complaints(AUDIT, { ...storage, audit_log_config: [{ log_type: "DATA" }] })).toEqual([
      expect.stringMatching(/"DATA" must be one of ADMIN_READ, DATA_READ, DATA_WRITE/),
    ]);
  });
});
