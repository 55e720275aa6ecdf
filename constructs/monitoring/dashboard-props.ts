import type { Environment } from "../environment/environment";
import type { Tile } from "./tile";

/** What a {@link Dashboard} needs to know. */
export interface DashboardProps {
  /** Whose dashboard it is. */
  readonly environment: Environment;

  /** Name of the dashboard. */
  readonly title: string;

  /**
   * Charts, in reading order; more can be added by `addTile`.
   *
   * @default []
   */
  readonly tiles?: readonly Tile[];
}
