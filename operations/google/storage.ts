import type { GoogleApi } from "./google-api";
import { GoogleError } from "./google-error";

/** An object's content as text; undefined where there is none of that name. @throws GoogleError, also where the bucket may not be read */
export async function readObject(google: GoogleApi, bucket: string, name: string): Promise<string | undefined> {
  try {
    return await google.text(`storage/storage/v1/b/${bucket}/o/${encodeURIComponent(name)}?alt=media`);
  } catch (error) {
    if (error instanceof GoogleError && error.status === 404) return undefined;
    throw error;
  }
}
