import { postgres } from "../../config/parts/postgres";
import { environmentFile } from "../../config/schema";

const problems = (cloudSql: object): string[] =>
  (postgres.safeParse({ cloudSql }).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);

test("by default there is none; Cloud SQL would be the smallest, without a standby, and backed up", () => {
  expect(postgres.parse({})).toMatchObject({
    kind: "none",
    cloudSql: {
      name: "trips",
      tier: "db-f1-micro",
      standby: false,
      diskGibibytes: 10,
      maxDiskGibibytes: 50,
      keptBackups: 7,
      recoveryDays: 7,
      backupHour: 2,
      maintenanceDay: 7,
      maintenanceHour: 4,
      rangePrefixLength: 20,
    },
  });
});

test.each(["db-f1-micro", "db-g1-small", "db-custom-1-3840", "db-custom-2-7680", "db-custom-96-638976"])("the tier %s is taken", (tier) => {
  expect(problems({ tier })).toEqual([]);
});

test.each([
  ["db-perf-optimized-N-2", /db-f1-micro, db-g1-small or db-custom-<vCPUs>-<MiB> such as db-custom-2-7680/],
  ["db-custom-3-7680", /1 vCPU or an even number of them up to 96/],
  ["db-custom-0-3840", /1 vCPU or an even number/],
  ["db-custom-1-3584", /a multiple of 256 MiB, at least 3840/],
  ["db-custom-1-4000", /a multiple of 256 MiB/],
  ["db-custom-1-7680", /0\.9 to 6\.5 GiB per vCPU/],
])("the tier %s is refused", (tier, problem) => {
  expect(problems({ tier })).toContainEqual(expect.stringMatching(problem));
});

test("numbers have bounds", () => {
  expect(
    problems({ diskGibibytes: 5, keptBackups: 400, recoveryDays: 14, maintenanceDay: 0, rangePrefixLength: 28, backupHour: 24 }),
  ).toEqual([
    "cloudSql.diskGibibytes: at least 10 GiB",
    "cloudSql.keptBackups: 1 to 365 backups",
    "cloudSql.recoveryDays: 1 to 7 days",
    "cloudSql.backupHour: an hour from 0 to 23",
    "cloudSql.maintenanceDay: 1 (Monday) to 7 (Sunday)",
    "cloudSql.rangePrefixLength: 16 to 24",
  ]);
  expect(problems({ diskGibibytes: 60 })).toEqual(["cloudSql.maxDiskGibibytes: at least diskGibibytes"]);
});

test("Cloud SQL without a network is refused with what to write", () => {
  const refusal = (kind: string, enabled: boolean) =>
    environmentFile.safeParse({ postgres: { kind }, network: { enabled }, spark: { kind: "none" } }).error?.issues;

  expect(refusal("cloud_sql", false)).toMatchObject([
    { path: ["postgres", "kind"], message: expect.stringMatching(/docker or none .* write network: \{enabled: true\}/) },
  ]);
  expect([refusal("cloud_sql", true), refusal("docker", false), refusal("none", false)]).toEqual([undefined, undefined, undefined]);
});
