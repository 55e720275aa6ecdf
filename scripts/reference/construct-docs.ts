import { readdirSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

/** One property of a construct's props. */
export interface PropDocs {
  readonly name: string;
  readonly type: string;
  readonly description: string;

  /** As its `@default` says; undefined where the property is required. */
  readonly byDefault?: string;
}

/** What the source of one construct says about it. */
export interface ConstructDocs {
  /** Folder below `constructs/`. */
  readonly part: string;
  readonly name: string;
  readonly description: string;

  /** The paragraph below `### Cost`. */
  readonly cost?: string;
  readonly props: readonly PropDocs[];

  /** Public methods with their first sentence: `grantRead(grantee)`. */
  readonly methods: readonly { readonly signature: string; readonly description: string }[];
}

/** Reads the doc comments of all classes below `constructs/` that extend Construct, in the order of their folders and names. */
export function readConstructDocs(root: string): ConstructDocs[] {
  const folder = join(root, "constructs");
  const parts = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return parts.flatMap(({ name: part }) => {
    const files = readdirSync(join(folder, part)).filter((file) => file.endsWith(".ts") && !file.startsWith("example"));
    const sources = files.map((file) => parse(join(folder, part, file)));
    const interfaces = new Map(sources.flatMap(interfacesOf).map((one) => [one.name.text, one]));
    return sources.flatMap((source) => classesOf(source).map((one) => describeClass(part, one, interfaces)));
  });
}

const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, ts.sys.readFile(file) ?? "", ts.ScriptTarget.ES2022, /* setParentNodes */ true);

const interfacesOf = (source: ts.SourceFile): ts.InterfaceDeclaration[] => source.statements.filter(ts.isInterfaceDeclaration);

const classesOf = (source: ts.SourceFile): ts.ClassDeclaration[] =>
  source.statements
    .filter(ts.isClassDeclaration)
    .filter((one) => isExported(one) && (one.heritageClauses ?? []).some((clause) => /\bextends Construct\b/.test(clause.getText())));

const isExported = (node: ts.ClassDeclaration): boolean =>
  (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

function describeClass(part: string, one: ts.ClassDeclaration, interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>): ConstructDocs {
  const [description, cost] = commentOf(one).split(/^### Cost\n/m);
  const props = one.members.filter(ts.isConstructorDeclaration)[0]?.parameters[2]?.type?.getText() ?? "";
  return {
    part,
    name: one.name?.text ?? "",
    description: (description ?? "").trim(),
    cost: cost?.trim(),
    props: propsOf(interfaces.get(props), interfaces),
    methods: one.members.filter(ts.isMethodDeclaration).filter(isPublic).map(describeMethod),
  };
}

function propsOf(declared: ts.InterfaceDeclaration | undefined, interfaces: ReadonlyMap<string, ts.InterfaceDeclaration>): PropDocs[] {
  if (!declared) return [];
  const parents = (declared.heritageClauses ?? []).flatMap((clause) => clause.types.map((type) => type.expression.getText()));
  const own = declared.members.filter(ts.isPropertySignature).map((member) => ({
    name: member.name.getText(),
    type: (member.type?.getText() ?? "").replace(/\s+/g, " "),
    description: commentOf(member),
    byDefault: member.questionToken ? (tagOf(member, "default") ?? "") : undefined,
  }));
  return [...parents.flatMap((parent) => propsOf(interfaces.get(parent), interfaces)), ...own];
}

const isPublic = (method: ts.MethodDeclaration): boolean =>
  !(ts.getModifiers(method) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword || kind === ts.SyntaxKind.ProtectedKeyword);

const describeMethod = (method: ts.MethodDeclaration) => ({
  signature: `${method.name.getText()}(${method.parameters.map((parameter) => parameter.name.getText()).join(", ")})`,
  description: firstSentence(commentOf(method)),
});

const firstSentence = (text: string): string => text.split(/(?<=\.)\s/)[0] ?? "";

/** The text of a doc comment without its tags; `{@link X}` becomes X. */
function commentOf(node: ts.Node): string {
  const [comment] = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).slice(-1);
  return withoutLinks(ts.getTextOfJSDocComment(comment?.comment) ?? "");
}

function tagOf(node: ts.Node, name: string): string | undefined {
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
  return tag && withoutLinks(ts.getTextOfJSDocComment(tag.comment) ?? "").replace(/^- /, "");
}

const withoutLinks = (text: string): string => text.replace(/\{@link (\w+)\}/g, "`$1`");
