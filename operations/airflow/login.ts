import type { Credentials } from "../google/credentials";
import { AirflowApiError } from "./airflow-api-error";

/** How Airflow knows who calls it, and what a person does who isn't let in. */
export interface Login {
  /** What a call bears. @throws AirflowApiError, GoogleError */
  token(signal: AbortSignal): Promise<string>;

  /** How to reach an Airflow that doesn't answer. */
  readonly reach: string;

  /** What lets a person in. */
  readonly right: string;
}

/** Composer's web server takes Google's own tokens. @see https://cloud.google.com/composer/docs/composer-3/access-airflow-api */
export const composerLogin = ({ kind, token }: Credentials): Login => ({
  token: () => token(),
  reach: "Is this machine's address one of orchestration.webServerRanges, and is there a network?",
  right: `The calls were made by ${kind}. It takes roles/composer.user: name the account in orchestration.users and deploy. Where orchestration.webServerRanges is set, this machine's address must be in it, too.`,
});

/**
 * Airflow's machine has asked Identity-Aware Proxy who comes through the tunnel, and gives a token to whoever does.
 *
 * @param url Airflow's page at the near end of the tunnel.
 * @param tunnelCommand opens the tunnel.
 */
export function machineLogin(url: string, tunnelCommand: string): Login {
  const reach = `Open the tunnel in another terminal, and leave it open:\n  ${tunnelCommand}\nIt takes the rights that orchestration.users gives (roles/iap.tunnelResourceAccessor). By night the machine may be off: gcloud compute instances start.`;
  let known: Promise<string> | undefined;
  return {
    // Good for a day, which is longer than a run.
    token: (signal) => (known ??= machineToken(url, reach, signal)),
    reach,
    right: "Airflow's machine lets in whoever comes through its tunnel: is this another Airflow?",
  };
}

async function machineToken(url: string, reach: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(`${url}/auth/token`, { signal }).catch(() => {
    signal.throwIfAborted();
    throw new AirflowApiError(`Airflow doesn't answer at ${url}.\n${reach}`, 0);
  });
  const { access_token: token } = ((await response.json().catch(() => undefined)) ?? {}) as { access_token?: string };
  if (token !== undefined) return token;
  const said = `HTTP ${String(response.status)}`;
  throw new AirflowApiError(`What answers at ${url} gives no token (${said}): it isn't Airflow's machine.\n${reach}`, response.status);
}
