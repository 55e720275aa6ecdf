/** How a cluster grows under load and shrinks again. */
export interface AutoscalingProps {
  /** Most workers; at least as many as the cluster begins with. */
  readonly maxWorkers: number;

  /**
   * Most spot workers.
   *
   * @default 0
   */
  readonly maxSpotWorkers?: number;

  /**
   * Minutes between two changes of size, 2 to 1440.
   *
   * @default 2
   */
  readonly cooldownMinutes?: number;

  /**
   * Minutes for which a machine that is no longer needed may finish its work, 0 to 1440.
   *
   * @default 60
   */
  readonly decommissionMinutes?: number;
}
