/** What a {@link WarehouseWatch} needs to know. */
export interface WarehouseWatchProps {
  /**
   * GiB billed for queries within 24 hours above which somebody is told.
   *
   * @default 100 - 0.61 USD at 6.25 USD per TiB
   */
  readonly maxGibibytesPerDay?: number;
}
