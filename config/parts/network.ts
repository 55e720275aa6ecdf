import { z } from "zod";

/** The private network of machines and clusters. */
export const network = z.strictObject({});
