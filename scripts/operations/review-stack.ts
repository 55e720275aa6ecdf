import { judge } from "../../operations/guard/judge";
import type { StackReview } from "../../operations/review/review";
import { type Project, planStack, synthesise } from "../../operations/terraform/stack";
import { TerraformError } from "../../operations/terraform/terraform";
import { refuseDockerOnGitHub } from "./on-github";
import { keysOf } from "./project";

/**
 * Plans a stack without locking its state, and judges the plan. What keeps it from being planned (a broken rule, a wrong configuration, no
 * credentials) is part of the review.
 */
export async function reviewStack(name: string, here: Project): Promise<StackReview> {
  refuseDockerOnGitHub(name);
  const keys = keysOf(name, []);
  try {
    const { content: plan } = await planStack(await synthesise(here, name), { ...here, lock: false });
    return { stack: name, plan, verdicts: judge(plan, keys) };
  } catch (error) {
    if (error instanceof TerraformError) return { stack: name, problem: error.message };
    throw error;
  }
}
