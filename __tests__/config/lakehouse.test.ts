import { environmentFile } from "../../config/schema";

const problems = (warehouse: object) =>
  environmentFile.safeParse({ warehouse }).error?.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) ?? [];

test("by default: the lake through a connection, scans that somebody starts, job costs; no cache, no Iceberg", () => {
  expect(environmentFile.parse({}).warehouse).toMatchObject({
    lakehouse: { bigLake: true, iceberg: false, icebergWriters: [] },
    quality: { enabled: true, warnThreshold: 0.95 },
    scheduledQueries: { jobCosts: true, schedule: "every day 03:30" },
  });
});

test.each([
  [{ lakehouse: { metadataCacheMinutes: 29 } }, /metadataCacheMinutes: .*30 to 10080 minutes/],
  [{ lakehouse: { bigLake: false, metadataCacheMinutes: 60 } }, /metadataCacheMinutes: nothing without bigLake/],
  [{ lakehouse: { icebergWriters: ["group:a@example.com"] } }, /icebergWriters: empty as long as there are no Iceberg tables/],
  [{ lakehouse: { icebergSchedule: "every sun 04:00" } }, /icebergSchedule: nothing as long as there are no Iceberg tables/],
  [{ lakehouse: { iceberg: true, icebergWriters: ["a@example.com"] } }, /icebergWriters\.0: .*an IAM member/],
  [{ quality: { schedule: "every day 05:30" } }, /quality\.schedule: .*a cron expression of five fields/],
  [{ quality: { warnThreshold: 0 } }, /warnThreshold: .*a share above 0/],
  [{ quality: { warnThreshold: 95 } }, /warnThreshold: .*a share from 0 to 1/],
  [{ quality: { months: 0 } }, /months: .*at least 1 month/],
  [{ scheduledQueries: { schedule: "30 3 * * *" } }, /schedule: .*such as "every day 03:30"/],
  [{ scheduledQueries: { notificationTopic: "topic" } }, /notificationTopic: .*projects\/<project>\/topics\/<topic>/],
])("%j is refused", (warehouse, problem) => {
  expect(problems(warehouse)).toEqual([expect.stringMatching(problem)]);
});
