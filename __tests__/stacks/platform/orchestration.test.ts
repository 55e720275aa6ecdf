import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, posix, resolve } from "node:path";
import { Testing } from "cdktf";
import { parse } from "yaml";
import { orchestration as schema } from "../../../config/parts/orchestration";
import { loadConfigurations } from "../../../config/load";
import { environmentFile } from "../../../config/schema";
import { airflowVersionOf } from "../../../constructs/orchestration/composer-image";
import { smallWorkloads } from "../../../constructs/orchestration/workload-sizes";
import { airflowFiles, pythonLocks } from "../../../stacks/platform/airflow-files";
import type { Settings } from "../../../pipelines/settings/settings";
import { platformServices } from "../../../stacks/platform/services";
import { PlatformStack } from "../../../stacks/platform-stack";
import { only, resources } from "../../constructs/synth";

const root = resolve(__dirname, "../../..");
const configurationOf = (name: string, folder = "everything") =>
  loadConfigurations({ folder: resolve(root, "__tests__/fixtures", folder), root, variables: {} }).find((one) => one.name === name)!;
const stackOf = (configuration: ReturnType<typeof configurationOf>): any =>
  JSON.parse(Testing.synth(new PlatformStack(Testing.app(), configuration.name, configuration)));
const ENVIRONMENT = "google_composer_environment";

describe("composed", () => {
  const dev = stackOf(configurationOf("dev"));

  test("every setting reaches the environment", () => {
    expect(only(dev, ENVIRONMENT).config).toMatchObject({
      workloads_config: { worker: { min_count: 1, max_count: 6, cpu: 1, memory_gb: 4 } },
      software_config: {
        image_version: "composer-3-airflow-3.1",
        airflow_config_overrides: { "core-parallelism": "16", "api-instance_name": "Trips" },
      },
      node_config: { network: expect.stringMatching(/google_compute_network/) },
      encryption_config: { kms_key_name: expect.anything() },
      web_server_network_access_control: { allowed_ip_range: [{ value: "203.0.113.0/24" }] },
    });
    expect(only(stackOf(configurationOf("prod")), ENVIRONMENT)).toMatchObject({
      config: {
        environment_size: "ENVIRONMENT_SIZE_MEDIUM",
        maintenance_window: { start_time: "2026-01-01T20:00:00Z", recurrence: "FREQ=WEEKLY;BYDAY=SU" },
        recovery_config: { scheduled_snapshots_config: { snapshot_creation_schedule: "30 3 * * *", time_zone: "UTC+01" } },
        data_retention_config: { airflow_metadata_retention_config: [{ retention_days: 365 }] },
      },
      lifecycle: { prevent_destroy: true },
    });
  });

  test("the DAGs are told what the configuration says of them, and that Postgres in somebody's Docker and Spark on a cluster are not for them", () => {
    expect(only(dev, ENVIRONMENT).config.software_config.env_variables).toEqual({
      PIPELINE_TARGET: "cloud",
      PIPELINE_WORK: "jobs",
      PIPELINE_PROJECT: "acme-trips-dev",
      PIPELINE_REGION: "europe-west1",
      PIPELINE_INGEST_JOB: "trips-ingest",
      PIPELINE_DBT_JOB: "trips-dbt",
      PIPELINE_SETTINGS: "/home/airflow/gcs/data/settings.json",
      PIPELINE_POSTGRES: "false",
      PIPELINE_SPARK: "false",
      PIPELINE_RETRIES: "2",
      PIPELINE_RETRY_SECONDS: "60",
      PIPELINE_FRESHNESS_DAYS: "100",
      PIPELINE_INGEST_SOURCE: "/home/airflow/gcs/data/pipelines/ingest/src",
      PIPELINE_DBT_PROJECT: "/home/airflow/gcs/data/pipelines/dbt",
    });
  });

  test("Airflow waits for the grants of its account, which are those of a worker, and a writer of its bucket", () => {
    const waits = only(dev, ENVIRONMENT).depends_on.map((address: string) => address.replace(/^terraform_data\./, ""));
    const grants = waits.flatMap((wait: string) => Object.keys(dev.resource.terraform_data[wait]?.triggers_replace?.grants ?? {}));

    const granted = grants.join(" ");
    expect(granted).toContain("orchestrator/composer.worker");
    expect(granted).toContain("airflow-bucket/orchestrator-write");
    expect(granted).toContain("airflow/user-group:engineers@example.com-use");
  });

  test("people are told where it is", () => {
    expect(dev.output.airflow.value).toEqual({
      url: expect.stringMatching(/^\$\{google_composer_environment\.\w+\.config\[0\]\.airflow_uri\}$/),
      bucket: expect.stringMatching(/^\$\{google_storage_bucket\.[\w-]+\.name\}$/),
    });
  });

  test("a failed DAG raises an alert", () => {
    const titles = resources(dev, "google_monitoring_alert_policy").map(({ display_name }) => display_name);

    expect(titles).toEqual(expect.arrayContaining(["A run of a DAG failed (dev)", "Airflow's environment is unhealthy (dev)"]));
  });

  test("switched off, as it is by default, there is nothing, and no API for it", () => {
    const configuration = configurationOf("dev", "config");
    const json = stackOf(configuration);

    expect(configuration.orchestration.kind).toBe("none");
    expect(json.resource[ENVIRONMENT]).toBeUndefined();
    expect(json.output.airflow).toBeUndefined();
    expect(resources(json, "google_storage_bucket").map(({ name }) => name)).not.toContainEqual(expect.stringMatching(/airflow/));
    expect(platformServices(configuration)).not.toContain("composer.googleapis.com");
    expect(platformServices(configurationOf("dev"))).toEqual(
      expect.arrayContaining(["composer.googleapis.com", "secretmanager.googleapis.com"]),
    );
  });
});

describe("composed on a machine", () => {
  const dev = stackOf(configurationOf("dev", "machine"));
  const instance = only(dev, "google_compute_instance");

  test("every setting reaches it, and there is no Composer and no job", () => {
    expect(instance).toMatchObject({
      name: "trips-airflow",
      machine_type: "e2-standard-4",
      zone: "europe-west1-c",
      boot_disk: { kms_key_self_link: expect.stringMatching(/cryptoKeys/) },
      resource_policies: [expect.stringMatching(/google_compute_resource_policy\.airflow-nights/)],
    });
    expect(only(dev, "google_compute_disk").size).toBe(50);
    expect(resources(dev, "google_compute_resource_policy")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          instance_schedule_policy: expect.objectContaining({ time_zone: "Europe/Brussels", vm_stop_schedule: { schedule: "0 19 * * *" } }),
        }),
        expect.objectContaining({
          snapshot_schedule_policy: expect.objectContaining({ retention_policy: expect.objectContaining({ max_retention_days: 14 }) }),
        }),
      ]),
    );
    expect(only(dev, "google_iap_tunnel_instance_iam_member").member).toBe("group:engineers@example.com");
    expect([dev.resource[ENVIRONMENT], dev.resource.google_cloud_run_v2_job]).toEqual([undefined, undefined]);
  });

  test("its DAGs work beside Airflow, on the same paths as on Composer; its settings name whom ingest and dbt impersonate", () => {
    const environment = instance.metadata["airflow-environment"].split("\n");
    const settings = resources(dev, "google_storage_bucket_object").find(({ name }) => name === "data/settings.json");

    expect(environment).toEqual(
      expect.arrayContaining([
        "AIRFLOW__CORE__PARALLELISM='4'",
        "AIRFLOW__API__INSTANCE_NAME='Trips'",
        "PIPELINE_TARGET='cloud'",
        "PIPELINE_WORK='here'",
        "PIPELINE_POSTGRES='true'",
        "PIPELINE_SETTINGS='/home/airflow/gcs/data/settings.json'",
        "PIPELINE_SPARK='true'",
      ]),
    );
    expect(settings.content).toMatch(
      /"identities": \{\s+"ingest": "\$\{google_service_account\.ingest\w*\.email\}",\s+"transform": "\$\{google_s/,
    );
    expect(resources(dev, "google_service_account_iam_member").map(({ role }) => role)).toContain("roles/iam.serviceAccountTokenCreator");
  });

  test("its settings tell with what Spark's report is submitted, and where it publishes", () => {
    const { content } = resources(dev, "google_storage_bucket_object").find(({ name }) => name === "data/settings.json") as {
      content: string;
    };
    const { spark } = JSON.parse(content) as Settings;

    expect(spark?.reports).toMatch(/^gs:\/\/\$\{google_storage_bucket\.[\w-]+\.name\}\/reports$/);
    expect(spark?.batch).toMatchObject({
      mainUri: expect.stringMatching(/^gs:\/\//),
      packageUris: [expect.stringMatching(/^gs:\/\//)],
      runtime: { version: "2.3" },
      execution: {
        service_account: expect.stringMatching(/google_service_account\.spark/),
        subnetwork_uri: expect.stringMatching(/google_compute_subnetwork/),
        ttl: "7200s",
      },
    });
  });

  test("it is made once its account's grants are in force and the bucket holds the DAGs and the locks", () => {
    const [wait] = instance.depends_on.filter((address: string) => address.startsWith("terraform_data.grants"));
    const grants = Object.keys(dev.resource.terraform_data[wait.replace("terraform_data.", "")].triggers_replace.grants).join(" ");
    const [files] = instance.depends_on.filter((address: string) => address.startsWith("google_storage_bucket_object."));

    for (const grant of ["orchestrator/logging.logWriter", "airflow-bucket/orchestrator-write", "machine-schedules"])
      expect(grants).toContain(grant);
    const { for_each: each } = dev.resource.google_storage_bucket_object[files.replace("google_storage_bucket_object.", "")];
    expect(Object.keys(each)).toEqual(
      expect.arrayContaining(["dags/trips.py", "plugins/pools.py", "data/environments/composer.lock", "data/environments/uv.lock"]),
    );
  });

  test("people are told where it is and how to get there, and what is wrong with it", () => {
    expect(dev.output.airflow.value).toMatchObject({
      url: "http://localhost:8080",
      tunnel_command: expect.stringMatching(/start-iap-tunnel trips-airflow 8080 .*--zone=europe-west1-c --project=acme-trips-dev$/),
    });
    expect(resources(dev, "google_monitoring_alert_policy").map(({ display_name }) => display_name)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^A part of Airflow doesn't run/),
        expect.stringMatching(/^Tasks of the pipelines failed/),
      ]),
    );
  });

  test("its users read what runs leave, and nothing else of the bucket", () => {
    const [read, ...more] = resources(dev, "google_storage_bucket_iam_member").filter(
      ({ member }) => member === "group:engineers@example.com",
    );

    expect(more).toEqual([]);
    expect(read).toMatchObject({ role: "roles/storage.objectViewer", condition: { title: "Below data/runs/" } });
  });

  test("all that lies in the bucket for the pipelines is brought to the machine", () => {
    const program = readFileSync(join(root, "constructs/orchestration/airflow-machine/sync.py"), "utf8");
    const down = [.../^DOWN = \((.*)\)$/m.exec(program)![1]!.matchAll(/"([^"]+)"/g)].map(([, prefix]) => prefix!);
    const names = [...Object.keys({ ...airflowFiles(), ...pythonLocks }), "data/settings.json"];

    expect(names.filter((name) => !down.some((prefix) => name.startsWith(prefix)))).toEqual([]);
  });

  test("the APIs that it needs are switched on", () => {
    expect(platformServices(configurationOf("dev", "machine"))).toEqual(
      expect.arrayContaining(["compute.googleapis.com", "iap.googleapis.com", "secretmanager.googleapis.com"]),
    );
    expect(platformServices(configurationOf("dev", "machine"))).not.toContain("composer.googleapis.com");
  });
});

describe("what Airflow runs", () => {
  const files = airflowFiles();
  const names = Object.keys(files);

  test("DAGs, dbt project, ingest and contracts", () => {
    expect(names).toEqual(
      expect.arrayContaining([
        "dags/trips.py",
        "dags/.airflowignore",
        "dags/platform_tasks/factory.py",
        "data/pipelines/dbt/dbt_project.yml",
        "data/pipelines/dbt/profiles.yml",
        "data/pipelines/dbt/models/marts/fct_trips.sql",
        "data/pipelines/dbt/tests/generic/at_least.sql",
        "data/pipelines/ingest/src/ingest/__main__.py",
        "data/pipelines/ingest/src/ingest/commands/land.py",
        "data/pipelines/contracts/contracts.json",
      ]),
    );
  });

  test("every folder in which dbt looks for models, macros and tests is there, seen from where its project lies", () => {
    const project = parse(readFileSync(files["data/pipelines/dbt/dbt_project.yml"]!, "utf8")) as Record<string, string[]>;
    const folders = ["model-paths", "macro-paths", "test-paths"].flatMap((paths) => project[paths]!);

    const empty = folders.filter((folder) => !names.some((name) => name.startsWith(`${posix.join("data/pipelines/dbt", folder)}/`)));
    expect(folders.length).toBeGreaterThan(3);
    expect(empty).toEqual([]);
  });

  test("no Python tests, no caches, nothing that a run left behind", () => {
    expect(
      names.filter((name) => /__pycache__|\.pyc|\/target\/|tests_python|dags\/tests|cache|\.lock|README|pyproject/.test(name)),
    ).toEqual([]);
  });

  test("every file is under version control", () => {
    const tracked = spawnSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: root, encoding: "utf8" });

    const known = new Set(tracked.stdout.split("\0").map((file) => join(root, file)));
    expect(Object.values(files).filter((file) => !known.has(file))).toEqual([]);
  });

  test("Airflow keeps out of what isn't a DAG", () => {
    const ignored = readFileSync(files["dags/.airflowignore"]!, "utf8").split("\n");

    const folders = new Set(names.filter((name) => /^dags\/.+\//.test(name)).map((name) => `${dirname(name).split("/")[1]!}/`));
    expect([...folders].filter((folder) => !ignored.includes(folder))).toEqual([]);
  });
});

describe("configuration", () => {
  const complaints = (orchestration: unknown): string[] =>
    schema.safeParse(orchestration).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

  test.each(["dev", "prod"])("%s names an image with the Airflow that runs on developers' machines", (name) => {
    const lock = readFileSync(join(root, "pipelines/environments/orchestration.lock"), "utf8");
    const { image } = loadConfigurations({ folder: join(root, "config"), root, variables: {} }).find(
      (one) => one.name === name,
    )!.orchestration;

    expect(airflowVersionOf(image)).toBe(/^apache-airflow==(\d+\.\d+)\./m.exec(lock)?.[1]);
  });

  test("its sizes are the constructs' own, by default", () => {
    expect(schema.parse({}).workloads).toEqual(smallWorkloads);
  });

  test.each([
    [{ image: "composer-2.9.1-airflow-2.9" }, /^image: an image of Composer 3 with Airflow's minor version/],
    [{ image: "composer-3-airflow-3.1.7" }, /Google withdraws patches and builds/],
    [{ workloads: { worker: { maxCount: 101 } } }, /^workloads\.worker\.maxCount: a whole number from 1 to 100/],
    [{ workloads: { worker: { minCount: 4 } } }, /^workloads\.worker\.minCount: not more than maxCount/],
    [{ workloads: { scheduler: { count: 0 } } }, /^workloads\.scheduler\.count: a whole number from 1 to 3/],
    [{ workloads: { webServer: { cpu: 0.5 } } }, /^workloads\.webServer\.cpu: vCPU from 1 to 4/],
    [{ workloads: { worker: { cpu: 3, memoryGb: 4 } } }, /0\.5, 1 or a multiple of 2 vCPU/],
    [{ workloads: { triggerer: { memoryGb: 5 } } }, /^workloads\.triggerer\.memoryGb: 1 to 8 GB of memory per vCPU/],
    [{ maintenance: { weekdays: ["SU"] } }, /^maintenance\.hours: at least 12 hours a week/],
    [{ snapshots: { timeZone: "Europe/Berlin" } }, /^snapshots\.timeZone: an offset/],
    [{ historyDays: 731 }, /^historyDays: 30 to 730 days/],
    [{ webServerRanges: ["office"] }, /^webServerRanges\.0: ranges such as/],
    [{ users: ["ada@example.com"] }, /^users\.0: an IAM member/],
    [{ kind: "machine" }, /^kind: Invalid option: expected one of "composer"\|"vm"\|"none"/],
    [{ vm: { machineType: "e2-medium" } }, /^vm\.machineType: a machine type with memory of its own .* such as e2-standard-2/],
    [{ vm: { zone: "europe-west1-b" } }, /^vm\.zone: a zone's letter alone, such as b/],
    [{ vm: { diskGigabytes: 5 } }, /^vm\.diskGigabytes: 10 to 1000 GB/],
    [{ vm: { parallelism: 32 } }, /^vm\.parallelism: 1 to 16 tasks/],
    [{ vm: { nights: { stop: "20:00" } } }, /^vm\.nights\.stop: minute, hour, day, month and weekday/],
    [{ vm: { nights: { timeZone: "Brussels" } } }, /^vm\.nights\.timeZone: a name of the tz database/],
  ])("%j is refused", (orchestration, message) => {
    expect(complaints(orchestration)).toEqual([expect.stringMatching(message)]);
  });

  test("a machine without a network, or without a way to the internet, is refused, with what to write instead", () => {
    const problems = (network: object) =>
      environmentFile
        .safeParse({ network, orchestration: { kind: "vm" }, spark: { kind: "none" } })
        .error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);

    expect(problems({ enabled: false })).toEqual([
      expect.stringMatching(/^orchestration\.kind: composer or none while network\.enabled or/),
    ]);
    expect(problems({ nat: false })).toEqual([expect.stringMatching(/write network: \{enabled: true, nat: true\}$/)]);
    expect(problems({})).toBeUndefined();
  });
});
