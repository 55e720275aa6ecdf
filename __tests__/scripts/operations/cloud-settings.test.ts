import { outputs } from "../../fixtures/outputs";
import type { Configuration } from "../../../config/configuration";
import { loadConfigurations } from "../../../config/load";
import { settingsSchema } from "../../../pipelines/settings/settings";
import { cloudSettings, storesInCloud } from "../../../scripts/operations/cloud-settings";

const here = { root: "/project", folder: "/project/mine" };
const dev = loadConfigurations().find(({ name }) => name === "dev")!;

const withPostgres = (kind: Configuration["postgres"]["kind"]): Configuration => ({ ...dev, postgres: { ...dev.postgres, kind } });

test("the lake is the cloud's, Postgres the container's, and nobody is impersonated", () => {
  const settings = cloudSettings(outputs, withPostgres("docker"), here);

  expect(settingsSchema.parse(settings)).toEqual(settings);
  expect(settings).toMatchObject({
    target: "cloud",
    lake: { raw: "gs://acme-dev-lake-raw", clean: "gs://acme-dev-lake-clean" },
    postgres: { host: "127.0.0.1", login: "password", passwordFile: "/secrets/p" },
    identities: null,
    paths: { runs: "/project/mine/runs" },
    contracts: "/project/contracts/generated/contracts.json",
  });
});

test.each([
  ["cloud_sql" as const, /is cloud_sql: .*load Cloud SQL themselves/],
  ["none" as const, /is none: .*no Postgres to load/],
])("%s is none of one's own", (kind, says) => {
  expect(() => cloudSettings(outputs, withPostgres(kind), here)).toThrow(says);
});

test("who only looks at lake and warehouse needs no Postgres, whatever its kind", () => {
  for (const kind of ["docker", "cloud_sql", "none"] as const) {
    const settings = storesInCloud(outputs, withPostgres(kind), here);
    expect(settingsSchema.parse(settings)).toMatchObject({ target: "cloud", warehouse: { kind: "bigquery" }, postgres: null });
  }
});
