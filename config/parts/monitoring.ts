import { z } from "zod";

/** Alerts, the dashboard and the uptime check. */
export const monitoring = z.strictObject({});
