import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { ConnectionOptions } from "node:tls";
import { StreamingError } from "./streaming-error";

/** A file of a Kafka client's properties can't be used; the message says which line, and why. */
export class ClientPropertiesError extends StreamingError {
  public override readonly name = "ClientPropertiesError";
}

/** How a client logs in, and by whose word it trusts brokers. */
export interface Security {
  readonly sasl?: { readonly mechanism: "SCRAM-SHA-256" | "SCRAM-SHA-512" | "PLAIN"; readonly username: string; readonly password: string };
  readonly tls?: ConnectionOptions;
}

/** What a file of properties says, as far as it is of use here. */
export interface ClientProperties extends Security {
  /** `bootstrap.servers`, where it stands there. */
  readonly bootstrapServers?: string;
}

const MECHANISMS = ["SCRAM-SHA-256", "SCRAM-SHA-512", "PLAIN"] as const;

/**
 * Reads the properties that Kafka's own tools take (`--command-config`), as a broker's machine writes them for each user.
 *
 * @throws ClientPropertiesError for what can't be read, or asks for what isn't there: GSSAPI, OAUTHBEARER, Java's key stores
 */
export function readClientProperties(file: string): ClientProperties {
  const properties = parsed(textOf(file));
  const complain = (what: string): never => {
    throw new ClientPropertiesError(`${file}: ${what}`);
  };
  const protocol = properties.get("security.protocol") ?? "PLAINTEXT";
  if (!/^(SASL_)?(PLAINTEXT|SSL)$/.test(protocol))
    complain(`security.protocol is ${protocol}; there are PLAINTEXT, SSL, SASL_PLAINTEXT, SASL_SSL.`);
  return {
    bootstrapServers: properties.get("bootstrap.servers"),
    ...(protocol.startsWith("SASL_") && { sasl: logIn(properties, complain) }),
    ...(protocol.endsWith("SSL") && { tls: trust(properties, dirname(file), complain) }),
  };
}

function logIn(properties: ReadonlyMap<string, string>, complain: (what: string) => never): Security["sasl"] {
  const given = properties.get("sasl.mechanism") ?? "GSSAPI";
  const mechanism =
    MECHANISMS.find((name) => name === given) ?? complain(`sasl.mechanism is ${given}; there are ${MECHANISMS.join(", ")}.`);
  const jaas = properties.get("sasl.jaas.config") ?? complain("sasl.jaas.config is missing: it says who logs in.");
  const [username, password] = ["username", "password"].map(
    (name) => new RegExp(`\\b${name}\\s*=\\s*"((?:[^"\\\\]|\\\\.)*)"`).exec(jaas)?.[1],
  );
  if (username === undefined || password === undefined) return complain('sasl.jaas.config needs username="…" and password="…".');
  return { mechanism, username: unquoted(username), password: unquoted(password) };
}

function trust(properties: ReadonlyMap<string, string>, folder: string, complain: (what: string) => never): ConnectionOptions {
  const isNamed = properties.get("ssl.endpoint.identification.algorithm") !== "";
  // An empty algorithm is how Kafka's clients are told not to compare names.
  const names: ConnectionOptions = isNamed ? {} : { checkServerIdentity: () => undefined };
  const location = properties.get("ssl.truststore.location");
  if (location === undefined) return names;
  if (properties.get("ssl.truststore.type") !== "PEM") complain("ssl.truststore.type must be PEM: Java's key stores aren't read here.");
  return { ...names, ca: textOf(resolve(folder, location)) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ClientPropertiesError(`${file} can't be read: ${(error as Error).message}`);
  }
}

const unquoted = (text: string): string => text.replace(/\\(.)/g, "$1");

/** `key=value` by line, with comments, and lines that a backslash continues. */
const parsed = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .replace(/\\\r?\n\s*/g, "")
      .split(/\r?\n/)
      .map((line) => /^\s*([^#!\s][^=:\s]*)\s*[=:]\s*(.*?)\s*$/.exec(line))
      .flatMap((match) => (match ? [[match[1] ?? "", match[2] ?? ""] as const] : [])),
  );
