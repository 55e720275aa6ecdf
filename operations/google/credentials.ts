import { GoogleAuth } from "google-auth-library";
import { GoogleError } from "./google-error";

/** Who calls Google's APIs. */
export interface Credentials {
  /** `a person`, `the service account …`, `a token from the environment`. */
  readonly kind: string;

  /** Project that calls are billed to and counted for; persons must have one. */
  readonly quotaProject?: string;

  /** An OAuth 2 access token that is good for some minutes. @throws GoogleError saying how to sign in again */
  token(): Promise<string>;
}

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const SIGN_IN = "gcloud auth application-default login";

/**
 * The application default credentials, as Terraform takes them: the variable GOOGLE_OAUTH_ACCESS_TOKEN, the file that GOOGLE_APPLICATION_CREDENTIALS
 * names, what gcloud left, or the machine's own account.
 *
 * @throws GoogleError where there are none.
 * @see https://cloud.google.com/docs/authentication/application-default-credentials
 */
export async function defaultCredentials(variables: NodeJS.ProcessEnv = process.env): Promise<Credentials> {
  const { GOOGLE_OAUTH_ACCESS_TOKEN: given, GOOGLE_CLOUD_QUOTA_PROJECT: quotaProject } = variables;
  if (given) return { kind: "a token from GOOGLE_OAUTH_ACCESS_TOKEN", quotaProject, token: () => Promise.resolve(given) };
  try {
    const client = await new GoogleAuth({ scopes: SCOPE }).getClient();
    const { email } = client as { email?: string };
    const kind = client.constructor.name === "UserRefreshClient" ? "a person" : `the service account ${email ?? "of this machine"}`;
    return { kind, quotaProject: quotaProject ?? client.quotaProjectId, token: () => fresh(() => client.getAccessToken()) };
  } catch (error) {
    throw new GoogleError(
      `There are no credentials for Google Cloud: ${(error as Error).message}\nSign in: ${SIGN_IN}`,
      0,
      "NO_CREDENTIALS",
    );
  }
}

async function fresh(get: () => Promise<{ token?: string | null }>): Promise<string> {
  let reason = "they gave no token";
  try {
    const { token } = await get();
    if (token) return token;
  } catch (error) {
    reason = (error as Error).message;
  }
  const clock = /iat|exp|invalid_grant.*JWT/i.test(reason) ? " If this goes on, set the machine's clock." : "";
  throw new GoogleError(`The credentials aren't good any more: ${reason}\nSign in again: ${SIGN_IN}${clock}`, 401, "STALE_CREDENTIALS");
}
