/** Terraform proves with this that it is Terraform who starts the plugin. */
const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";
const PROTOCOL_VERSION = "5";

/**
 * Why a provider started with this environment can't serve, in words for people; `undefined` if it can.
 *
 * @see https://github.com/hashicorp/go-plugin/blob/main/docs/guide-plugin-write-non-go.md
 */
export function refusal(environment: NodeJS.ProcessEnv): string | undefined {
  if (environment.TF_PLUGIN_MAGIC_COOKIE !== MAGIC_COOKIE) {
    return "This is a Terraform provider of the embedded cloud: it is started by Terraform, not by hand. Use `npx cdktf deploy dev`.";
  }
  const offered = (environment.PLUGIN_PROTOCOL_VERSIONS ?? PROTOCOL_VERSION).split(",");
  if (!offered.includes(PROTOCOL_VERSION)) {
    return `The embedded provider speaks plugin protocol ${PROTOCOL_VERSION}, this Terraform only ${offered.join(", ")}: use Terraform 1.5 or later, or OpenTofu.`;
  }
  if (environment.PLUGIN_CLIENT_CERT) {
    return "The embedded provider speaks without TLS: set TF_DISABLE_PLUGIN_TLS=1, or run `source .embedded/environment.sh` first.";
  }
  return undefined;
}

/** The line that tells Terraform where to connect: version of go-plugin's own protocol, version of Terraform's, and the address. */
export function handshakeLine(socket: string): string {
  return `1|${PROTOCOL_VERSION}|unix|${socket}|grpc|\n`;
}
