import type { GoogleApi } from "./google-api";

/** APIs by which a project is looked at, and its other APIs are switched on. Of a project that was just made, the first alone is on. */
export const FIRST_SERVICES = [
  "serviceusage.googleapis.com",
  "cloudresourcemanager.googleapis.com",
  "cloudbilling.googleapis.com",
] as const;

/** What a project has switched on. */
export interface EnabledServices {
  readonly on: ReadonlySet<string>;

  /** The project's number, which every service that is on is listed under. */
  readonly projectNumber?: string;
}

/** @throws GoogleError where the project isn't there, or these credentials may not see it */
export async function enabledServices(google: GoogleApi, projectId: string): Promise<EnabledServices> {
  const listed = await google.list<{ name?: string; config?: { name?: string } }>(
    `serviceusage/v1/projects/${projectId}/services?filter=state:ENABLED&pageSize=200`,
    "services",
  );
  const on = new Set(listed.flatMap(({ config }) => config?.name ?? []));
  return { on, projectNumber: /^projects\/(\d+)\//.exec(listed[0]?.name ?? "")?.[1] };
}
