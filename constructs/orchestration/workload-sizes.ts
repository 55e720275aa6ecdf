/** How large one container of Airflow is, and how many there are. */
export interface WorkloadSize {
  /** vCPU of each: 0.5, 1, or a multiple of 2. */
  readonly cpu: number;

  /** Memory of each in GB, in steps of 0.25: 1 to 8 per vCPU. */
  readonly memoryGb: number;
}

/** A workload with a disk of its own. */
export interface StoredWorkloadSize extends WorkloadSize {
  /** Disk of each in GB, 0 to 100. */
  readonly storageGb: number;
}

/** The sizes of all that an environment runs. */
export interface WorkloadSizes {
  /** Starts what is due; 1 to 3, up to 1 vCPU each. */
  readonly scheduler: StoredWorkloadSize & { readonly count: number };

  /** Waits for deferred tasks; 0 to 10, up to 1 vCPU each. */
  readonly triggerer: WorkloadSize & { readonly count: number };

  /** Shows Airflow to people; one, of 1 to 4 vCPU. */
  readonly webServer: StoredWorkloadSize;

  /** Run tasks; 1 to 100, as many as there is work for. */
  readonly worker: StoredWorkloadSize & { readonly minCount: number; readonly maxCount: number };

  /** Parses DAGs; 1 to 3. */
  readonly dagProcessor: StoredWorkloadSize & { readonly count: number };
}

/** The smallest that run a few DAGs, whose heavy work is done elsewhere. */
export const smallWorkloads: WorkloadSizes = {
  scheduler: { count: 1, cpu: 0.5, memoryGb: 2, storageGb: 1 },
  triggerer: { count: 1, cpu: 0.5, memoryGb: 1 },
  webServer: { cpu: 1, memoryGb: 2, storageGb: 1 },
  worker: { minCount: 1, maxCount: 3, cpu: 0.5, memoryGb: 2, storageGb: 10 },
  dagProcessor: { count: 1, cpu: 1, memoryGb: 2, storageGb: 1 },
};
