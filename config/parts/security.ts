import { z } from "zod";

/** Keys, secrets, the registry and the audit log. */
export const security = z.strictObject({});
