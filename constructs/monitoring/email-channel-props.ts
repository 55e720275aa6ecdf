import type { Environment } from "../environment/environment";

/** What an {@link EmailChannel} needs to know. */
export interface EmailChannelProps {
  /** Whose alerts go there. */
  readonly environment: Environment;

  /** Where alerts go, e.g. `data-platform@example.com`; a group's address outlives the people in it. */
  readonly address: string;
}
