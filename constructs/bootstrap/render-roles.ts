import type { CiRole } from "./ci-role";

/** Roles as a table in Markdown, for the README. */
export function renderRoles(roles: readonly CiRole[]): string {
  return ["| role | why |", "|---|---|", ...roles.map(({ role, why }) => `| \`${role}\` | ${why} |`)].join("\n");
}
