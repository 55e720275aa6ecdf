import { z } from "zod";

/** Where Terraform keeps its state in a real deployment. */
export const state = z.strictObject({
  bucket: z.string().optional().describe("Bucket of the Terraform state; by default <project id>-terraform-state."),
  prefix: z.string().default("platform").describe("Folder of the state in its bucket."),
});
