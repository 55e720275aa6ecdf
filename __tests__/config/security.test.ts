import { security } from "../../config/parts/security";

const problems = (settings: object): string[] =>
  (security.safeParse(settings).error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);

describe("security", () => {
  test("by default Google's own keys, no secrets, both repositories, and an audit log", () => {
    expect(security.parse({})).toMatchObject({
      customerManagedKeys: false,
      secrets: {},
      registry: { formats: ["docker", "python"], immutableTags: false },
      auditLog: { enabled: true, datasetId: "trips_audit", retentionDays: 400, dataAccess: ["secretmanager.googleapis.com"] },
    });
  });

  test("a secret has a name that Google takes, readers that exist, and reminders in UTC", () => {
    const weather = { readers: ["spark"], adders: ["group:engineers@example.com"], reminder: { first: "2030-01-31T09:00:00Z" } };

    expect(security.parse({ secrets: { "weather-api": weather } }).secrets["weather-api"]?.reminder?.everyDays).toBe(90);
    expect(problems({ secrets: { Weather_API: {} } })).toHaveLength(1);
    expect(problems({ secrets: { "weather-api": { readers: ["everybody"] } } })).toEqual([
      expect.stringMatching(/^secrets\.weather-api\.readers\.0: .*spark/),
    ]);
    expect(problems({ secrets: { "weather-api": { reminder: { first: "2030-01-31T09:00:00+01:00" } } } })[0]).toMatch(
      /^secrets\.weather-api\.reminder\.first: an instant in UTC/,
    );
  });

  test("a secret's value has no place", () => {
    expect(problems({ secrets: { "weather-api": { value: "hunter2" } } })[0]).toMatch(/value/);
  });

  test("services and formats are named once, and services in full", () => {
    expect(problems({ auditLog: { dataAccess: ["storage"] } })).toEqual(["auditLog.dataAccess.0: an API such as storage.googleapis.com"]);
    expect(problems({ registry: { formats: ["docker", "docker"] } })).toEqual(["registry.formats: each format once"]);
    expect(problems({ keys: { destroyScheduledDays: 121 } })).toHaveLength(1);
  });
});
