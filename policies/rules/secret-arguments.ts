import type { Block } from "../resource-view";
import type { Rule } from "../rule";
import type { StackView } from "../stack-view";
import { textsIn, withoutReferences, type Text } from "../texts";

/** Names of arguments and environment variables that hold a secret itself, not a file, a path or a name of one. */
const SECRET_NAME =
  /(?:^|[_-])(?:password|passwd|passphrase|secret|token|api_?key|private_?key|access_?key|service_?key|credentials|secret_data)$/i;

/** Texts that are secrets whatever their name: keys in PEM, of Google, AWS, GitHub and Slack; addresses with a password. */
const SECRET_VALUE =
  /-----BEGIN [A-Z ]*PRIVATE KEY-----|\bAIza[\w-]{35}\b|\bya29\.[\w-]{20,}|\bAKIA[A-Z0-9]{16}\b|\bgh[pousr]_\w{36,}|\bxox[abprs]-[\w-]{10,}|:\/\/[^\s/:@$]+:[^\s/@$]+@|"private_key"\s*:/;

/** The `secret` of these names a Secret Manager secret; only its version holds one. */
const NAMES_A_SECRET = /^(?:google_secret_manager_|google_\w+_iam_)/;

/** What the environment variable of a block `{ name, value }` or a text `NAME=value` is called, or else the argument. */
function nameOf({ path, value, block }: Text): string {
  const argument = path.at(-1) ?? "";
  if (argument === "value" && typeof block.name === "string") return block.name;
  if (argument === "env") return /^(\w+)=./s.exec(value)?.[1] ?? "";
  return argument;
}

function namesASecret(type: string, { path, block }: Text): boolean {
  if (path.at(-1) !== "secret") return false;
  return NAMES_A_SECRET.test(type) || path.includes("secret_key_ref") || block.version !== undefined;
}

const isSecretName = (name: string): boolean => SECRET_NAME.test(name.replace(/([a-z0-9])([A-Z])/g, "$1_$2"));

/** Where there are secrets in the arguments of a resource of a type, or of what has none. */
function secretsIn(attributes: Block, type = ""): string[] {
  return textsIn(attributes)
    .map((text) => ({ ...text, value: withoutReferences(text.value) }))
    .filter((text) => text.value !== "" && !namesASecret(type, text))
    .filter((text) => isSecretName(nameOf(text)) || SECRET_VALUE.test(text.value))
    .map(({ path }) => `${path.join(".")} looks like a secret`);
}

/** Variables and outputs are called what an argument would be. */
function secretsBeside({ variables, outputs, providers }: StackView): string[] {
  const named = (kind: string, blocks: Readonly<Record<string, Block>>, argument: string) =>
    Object.entries(blocks).flatMap(([name, { [argument]: value }]) => {
      const found = secretsIn({ [name]: value });
      return found.length === 0 ? [] : [`${kind} ${name}: ${argument} looks like a secret`];
    });
  const configured = Object.entries(providers).flatMap(([name, all]) =>
    all.flatMap((provider) => secretsIn(provider).map((what) => `provider ${name}: ${what}`)),
  );
  return [...named("variable", variables, "default"), ...named("output", outputs, "value"), ...configured];
}

/** No password, key or token in what is synthesised. */
export const secretArguments: Rule = {
  id: "secret-arguments",
  severity: "error",
  reason: "It would stand in the code, in the synthesised JSON, in plans and in Terraform's state.",
  mend: "Put it into Secret Manager or a file that only its owner reads, and name that here.",
  reads: { "*": [] },
  check: (stack) => [
    ...stack.resources.flatMap((resource) => secretsIn(resource.attributes, resource.type).map((what) => ({ on: resource, what }))),
    ...secretsBeside(stack).map((what) => ({ on: stack, what })),
  ],
};
