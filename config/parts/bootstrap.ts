import { z } from "zod";

/** What comes before the platform: budget and the identities of continuous integration. */
export const bootstrap = z.strictObject({});
