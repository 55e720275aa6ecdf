import { FIRST_SERVICES } from "../../../operations/google/services";
import { GoogleApi } from "../../../operations/google/google-api";
import { onboardingDesk, refuseToChoose } from "../../../scripts/operations/onboarding-desk";
import { GoogleDouble, refusal } from "../../operations/google/double";

const { signal } = new AbortController();
const person = { kind: "a person", token: () => Promise.resolve("ya29.good") };
const before = process.env.GOOGLE_API_ENDPOINT;
let double: GoogleDouble;
beforeEach(async () => {
  double = new GoogleDouble();
  process.env.GOOGLE_API_ENDPOINT = await double.start();
});
afterEach(async () => {
  if (before === undefined) delete process.env.GOOGLE_API_ENDPOINT;
  else process.env.GOOGLE_API_ENDPOINT = before;
  await double.stop();
});

test.each([
  ["a person without a quota project", person, "acme-new"],
  ["a person with another one", { ...person, quotaProject: "acme-old" }, "acme-new"],
  ["a service account", { ...person, kind: "the service account a@b" }, undefined],
])("calls of %s are counted against the project that is made ready, where they must be", async (_, credentials, expected) => {
  double.on("GET", /^storage\/x$/, {});
  const desk = await onboardingDesk("dev", { project: "acme-new" }, { credentials, signal, choose: refuseToChoose });

  await desk.google.get("storage/x");
  expect(double.calls[0]!.headers["x-goog-user-project"]).toBe(expected);
  expect(desk.services).toEqual(expect.arrayContaining([...FIRST_SERVICES]));
});

test("where Google lists no projects one is asked to name it", async () => {
  double.on("GET", /^cloudresourcemanager\/v1\/projects$/, refusal(403, "requires a quota project", "SERVICE_DISABLED"));
  const google = new GoogleApi({ credentials: person, signal, endpoint: double.endpoint, patience: 1 });

  await expect(refuseToChoose(google)).rejects.toThrow(/Name the project: --project <id>.*requires a quota project/);
});
