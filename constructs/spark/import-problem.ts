import { spawnSync } from "node:child_process";

const PREINSTALLED = ["google", "numpy", "pandas", "pyarrow"];

/** Compiles, but runs nothing; prints the first problem. Arguments: main file, wheel or "", names of preinstalled modules. */
const CHECK = `
import ast, sys, zipfile

main, wheel, *installed = sys.argv[1:]
files = {}
if wheel:
    try:
        with zipfile.ZipFile(wheel) as archive:
            files = {name: archive.read(name) for name in archive.namelist() if name.endswith(".py")}
    except zipfile.BadZipFile:
        sys.exit(f"{wheel} is no wheel: build it again.")
packaged = {name.removesuffix("/__init__.py").removesuffix(".py").replace("/", ".") for name in files}
known = set(sys.stdlib_module_names) | {"pyspark", "py4j", "__future__"} | set(installed)

def imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module, node.lineno

with open(main, "rb") as opened:
    sources = {main: opened.read(), **files}
for name, source in sources.items():
    try:
        tree = ast.parse(source, name)
    except SyntaxError as error:
        sys.exit(f"{name}:{error.lineno}: {error.msg}.")
    for module, line in imports(tree):
        root = module.split(".")[0]
        if root not in known and module not in packaged and not any(one.startswith(module + ".") for one in packaged):
            where = "the wheel has no such module" if wheel else "it has no wheel"
            sys.exit(f"{name}:{line}: nothing on the cluster is called {module}, and {where}. Put it into the job's package.")
`;

/**
 * What would make a PySpark job fail at its first import, without running any of it: a syntax error, or a module that neither Python, Spark,
 * the machine's image nor the job's wheel has.
 *
 * @param preinstalled Modules of the image.
 * @returns The file, the line and what to do; undefined when all is well.
 * @throws Error when there is no `python3` to parse the files with.
 */
export function importProblem(mainFile: string, wheel = "", preinstalled: readonly string[] = PREINSTALLED): string | undefined {
  const { error, status, stderr } = spawnSync("python3", ["-I", "-c", CHECK, mainFile, wheel, ...preinstalled], { encoding: "utf8" });
  if (error) throw new Error(`Spark jobs are checked with python3, which can't be started: ${error.message}`);
  return status === 0 ? undefined : stderr.trim();
}
