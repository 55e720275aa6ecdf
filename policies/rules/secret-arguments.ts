import { isReference } from "../resource-view";
import { resourceRule } from "../rule";
import { textsIn, type Text } from "../texts";

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

/** No password, key or token in what is synthesised. */
export const secretArguments = resourceRule({
  id: "secret-arguments",
  severity: "error",
  reason: "It would stand in the code, in the synthesised JSON, in plans and in Terraform's state.",
  mend: "Put it into Secret Manager or a file that only its owner reads, and name that here.",
  reads: { "*": [] },
  check: ({ type, attributes }) =>
    textsIn(attributes)
      .filter((text) => text.value !== "" && !isReference(text.value) && !namesASecret(type, text))
      .filter((text) => SECRET_NAME.test(nameOf(text)) || SECRET_VALUE.test(text.value))
      .map(({ path }) => `${path.join(".")} looks like a secret`),
});
