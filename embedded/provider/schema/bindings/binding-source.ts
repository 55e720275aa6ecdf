import * as fs from "node:fs";
import * as path from "node:path";

/** One class of a binding, as text. */
export interface BindingClass {
  readonly name: string;
  /** The class of cdktf that it extends: `TerraformResource`, `ComplexObject`, `ComplexList`, … */
  readonly base: string;
  readonly body: string;
}

/** The compiled JavaScript of one binding: a resource or a provider's configuration. */
export class BindingSource {
  private readonly classes: ReadonlyMap<string, BindingClass>;

  constructor(
    /** Path of the binding's `index.js`, for messages. */
    private readonly file: string,
    public readonly text: string,
  ) {
    const found = text.matchAll(/^class (\w+) extends cdktf\.(\w+) \{\n([\s\S]*?)^\}/gm);
    this.classes = new Map([...found].map(([, name = "", base = "", body = ""]) => [name, { name, base, body }]));
  }

  /** @throws Error when the file is missing. */
  public static read(file: string): BindingSource {
    // Very large resources are split: the index refers to the classes of its neighbours as `index_structs_1.Name`.
    const neighbours = path.join(path.dirname(file), "index-structs");
    const names = fs.existsSync(neighbours) ? fs.readdirSync(neighbours).filter((name) => /^structs\d+\.js$/.test(name)) : [];
    const files = [file, ...names.map((name) => path.join(neighbours, name))];
    const text = files.map((part) => fs.readFileSync(part, "utf8")).join("\n");
    return new BindingSource(file, text.replace(/\r/g, "").replace(/\b(index_structs_\d+|structs\d+_1)\./g, ""));
  }

  /** The class of this name. @throws Error when the binding has none. */
  public classNamed(name: string): BindingClass {
    const found = this.classes.get(name);
    if (!found) throw new Error(`${this.file} has no class ${name}: the npm bindings have a form that the extraction doesn't know.`);
    return found;
  }

  /** The class that stands for the resource or the provider itself. @throws Error when there is none. */
  public main(): BindingClass {
    const found = [...this.classes.values()].find(({ base }) => base === "TerraformResource" || base === "TerraformProvider");
    if (!found) throw new Error(`${this.file} holds neither a resource nor a provider.`);
    return found;
  }
}
