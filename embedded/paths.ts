import { join } from "node:path";

/** Where one environment of the embedded cloud keeps its things; nothing of it lies elsewhere. */
export class EmbeddedPaths {
  /** Folder of this environment. */
  public readonly folder: string;

  constructor(
    /** Absolute path of `.embedded`. */
    public readonly root: string,
    /** `dev`, `prod`. */
    public readonly environment: string,
  ) {
    this.folder = join(root, environment);
  }

  public readonly state = () => join(this.folder, "terraform.tfstate");

  /** State of what comes before the platform: its APIs, the bucket of the states. */
  public readonly bootstrapState = () => join(this.folder, "bootstrap.tfstate");
  public readonly catalog = () => join(this.folder, "catalog");
  public readonly lake = () => join(this.folder, "lake");
  public readonly bucket = (name: string) => join(this.lake(), name);
  public readonly warehouse = () => join(this.folder, "warehouse");
  public readonly warehouseFile = () => join(this.warehouse(), "warehouse.duckdb");
  public readonly warehouseLock = () => join(this.warehouse(), "warehouse.lock");

  /** Copy of the warehouse for people and dashboards: DuckDB lets no reader in beside its writer. */
  public readonly warehouseReadCopy = () => join(this.warehouse(), "warehouse.read.duckdb");

  /** Iceberg and Delta tables derived from the lake. */
  public readonly lakehouse = () => join(this.folder, "lakehouse");
  public readonly postgres = () => join(this.folder, "postgres");
  public readonly settings = () => join(this.folder, "settings.json");
  public readonly dashboard = () => join(this.folder, "dashboard");
  public readonly logs = () => join(this.folder, "logs");
  public readonly runs = () => join(this.folder, "runs");
  public readonly outputs = () => join(this.folder, "outputs.json");
}
