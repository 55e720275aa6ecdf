import { z } from "zod";

/** A label's value or name. */
export const label = z.string().regex(/^[a-z0-9_-]{0,63}$/, "a label of at most 63 of a-z, 0-9, dash and underscore");

/** A TCP port that needs no rights. */
export const port = z.number().int().min(1024, "a port from 1024 to 65535").max(65535, "a port from 1024 to 65535");

/** Whole days, at least one. */
export const days = z.number().int().min(1);

/** A part of a whole. */
export const share = z.number().min(0, "a share from 0 to 1").max(1, "a share from 0 to 1");

/** Whoever can be granted something. */
export const member = z
  .string()
  .regex(/^(user|group|serviceAccount|domain):\S+$/, "an IAM member: user:…, group:…, serviceAccount:… or domain:…");

/** Google's id of a project. */
export const projectId = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    "a Google project id: 6 to 30 of a-z, 0-9 and dashes, a letter first, no dash at the end (the id, not the project's name)",
  );

/** Where mails go. */
export const email = z.email("an e-mail address such as data-platform@example.com");
