import { GoogleAuth } from "google-auth-library";
import { ImageError } from "./image-error";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

/** Calls Google's APIs as the person who is logged in. */
export interface GoogleApi {
  /** A token of an hour's life. @throws ImageError when nobody is logged in */
  token(): Promise<string>;

  /** The answer, whatever its status but for 401 and 403. @throws ImageError when it doesn't come, or the person may not ask */
  call(method: "GET" | "HEAD" | "POST", url: string, call?: Call): Promise<Response>;
}

/** What a call has besides its address. */
export interface Call {
  readonly body?: Body;

  /** Media types that are taken. */
  readonly accept?: string;
  readonly signal?: AbortSignal;
}

/** What is sent, and of what kind. */
export interface Body {
  readonly type: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** JSON to be sent. */
export const json = (value: unknown): Body => ({ type: "application/json", content: JSON.stringify(value) });

/** Google's APIs, with the credentials that Google's own tools use. @see https://cloud.google.com/docs/authentication/application-default-credentials */
export function googleApi(auth: Pick<GoogleAuth, "getAccessToken"> = new GoogleAuth({ scopes: SCOPE })): GoogleApi {
  const token = async (): Promise<string> => {
    const found = await auth.getAccessToken().catch((error: unknown) => {
      throw new ImageError(`Nobody is logged in to Google Cloud (${messageOf(error)}). Log in: gcloud auth application-default login`);
    });
    if (!found) throw new ImageError("Nobody is logged in to Google Cloud. Log in: gcloud auth application-default login");
    return found;
  };
  return { token, call: async (method, url, call = {}) => checked(await send(await token(), method, url, call), url) };
}

async function send(token: string, method: string, url: string, { body, accept, signal }: Call): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, ...(body && { "content-type": body.type }), ...(accept !== undefined && { accept }) };
  try {
    return await fetch(url, { method, headers, body: body?.content, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ImageError(`${new URL(url).host} doesn't answer: ${messageOf(error)}`);
  }
}

async function checked(response: Response, url: string): Promise<Response> {
  if (response.status !== 401 && response.status !== 403) return response;
  throw new ImageError(
    `You may not ${new URL(url).host}${new URL(url).pathname}: ${await reasonOf(response)}\nWho is logged in: gcloud auth application-default print-access-token; log in as somebody else: gcloud auth application-default login`,
  );
}

/** What an answer says went wrong, in Google's form or as plain text. */
export async function reasonOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return (JSON.parse(text) as { error: { message: string } }).error.message;
  } catch {
    return text.slice(0, 500) || response.statusText || String(response.status);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
