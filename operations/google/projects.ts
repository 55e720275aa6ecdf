import { closest } from "../../config/closest";
import type { GoogleApi } from "./google-api";
import { GoogleError } from "./google-error";

/** A project as Google knows it. */
export interface GoogleProject {
  /** Unique in the world, and what everything asks for. */
  readonly projectId: string;

  /** Digits; addresses of Google's own accounts are formed from it. */
  readonly projectNumber: string;

  /** For people; not an id. */
  readonly name: string;

  /** `ACTIVE`, or on its way to be deleted. */
  readonly lifecycleState: string;
}

/** The project of an id; undefined where there is none, or none that these credentials may see. Google doesn't tell which. */
export async function findProject(google: GoogleApi, id: string): Promise<GoogleProject | undefined> {
  try {
    return await google.get<GoogleProject>(`cloudresourcemanager/v1/projects/${id}`);
  } catch (error) {
    if (error instanceof GoogleError && (error.status === 403 || error.status === 404) && error.disabledService === undefined)
      return undefined;
    throw error;
  }
}

/** Projects that these credentials see. */
export const listProjects = (google: GoogleApi): Promise<GoogleProject[]> =>
  google.list<GoogleProject>("cloudresourcemanager/v1/projects?filter=lifecycleState:ACTIVE", "projects");

/** The id that was meant by a word that is none: a project's name, its number, or a slip of the hand. */
export function meantProject(word: string, projects: readonly GoogleProject[]): GoogleProject | undefined {
  const named = projects.find(({ name, projectNumber }) => name.toLowerCase() === word.toLowerCase() || projectNumber === word);
  if (named) return named;
  const id = closest(
    word,
    projects.map(({ projectId }) => projectId),
  );
  return projects.find(({ projectId }) => projectId === id);
}
