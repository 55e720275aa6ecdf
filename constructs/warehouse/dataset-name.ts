const PREFIX = "trips";

/** Id of one of the warehouse's datasets, by its short name such as `landed`. */
export const datasetName = (name: string, prefix = PREFIX): string => `${prefix}_${name}`;
