import { mend } from "../../../operations/bootstrap/mend";

const advice = (message: string) => mend(message, "acme-dev", "/project/.state/dev-bootstrap.tfstate");

describe("mend", () => {
  test.each([
    [
      "nobody is logged in",
      "storage.NewClient() failed: dialing: google: could not find default credentials. See …",
      /gcloud auth application-default login/,
    ],
    [
      "a new project",
      "Error 403: Cloud Resource Manager API has not been used in project 1 before or it is disabled … SERVICE_DISABLED",
      /gcloud services enable serviceusage\.googleapis\.com cloudresourcemanager\.googleapis\.com --project acme-dev/,
    ],
    ["somebody else is at it", "Error acquiring the state lock", /force-unlock/],
    [
      "begun on another machine",
      "googleapi: Error 409: Your previous request to create the named bucket succeeded and you already own it., conflict",
      /bring \/project\/\.state\/dev-bootstrap\.tfstate from there/,
    ],
    ["a bucket's name is taken", "googleapi: Error 409: The requested bucket name is not available., conflict", /state\.bucket/],
    [
      "no right to the billing account",
      "Error creating Budget: googleapi: Error 403: The caller does not have permission\n with google_billing_budget.budget",
      /roles\/billing\.costsManager/,
    ],
    ["no right to the project", "googleapi: Error 403: Permission denied on resource project", /gcloud auth list/],
  ])("%s", (_, message, expected) => expect(advice(message)).toMatch(expected));

  test("what isn't known gets no advice", () => {
    expect(advice("Error: Invalid value for variable")).toBeUndefined();
  });
});
