import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'vite';

/** The imports of each file, types included: files by path from the root, packages by name. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/** The imports of all TypeScript in folders of the root, without AssemblyScript files. */
export function readImportGraph(folders: readonly string[]): ImportGraph {
  const graph = new Map<string, readonly string[]>();
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name).replaceAll('\\', '/');
      if (!/\.tsx?$/.test(path) || /\.d\.ts$|\/assembly\//.test(path)) continue;
      graph.set(path, importsOf(path, readFileSync(path, 'utf8')));
    }
  }
  return graph;
}

/** @param path of the file, to resolve relative imports */
export function importsOf(path: string, text: string): string[] {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const found = new Set<string>();
  visit(program, (node) => {
    if (!IMPORTING.has(node.type)) return;
    const { source } = node as { source?: { value?: unknown } | null };
    // A computed specifier is not a source file: the bundler could not resolve it either.
    if (typeof source?.value === 'string') found.add(named(path, source.value));
  });
  return [...found];
}

const IMPORTING: ReadonlySet<unknown> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function visit(node: unknown, each: (node: Record<string, unknown>) => void): void {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const child of node) visit(child, each);
    return;
  }
  const record = node as Record<string, unknown>;
  if (typeof record.type === 'string') each(record);
  for (const child of Object.values(record)) visit(child, each);
}

/** The file or package name of a specifier. */
function named(path: string, specifier: string): string {
  if (specifier.startsWith('.')) {
    const file = specifier.replace(/\?.*$/, '');
    return normalize(join(dirname(path), file)).replaceAll('\\', '/');
  }
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)![0];
}

/**
 * One import cycle per strongly connected component: the files in order, with the first repeated at
 * the end. Empty if there are none.
 */
export function importCycles(graph: ImportGraph): string[][] {
  const cycles: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const open: string[] = [];
  const walk = (file: string): void => {
    state.set(file, 'open');
    open.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!graph.has(next)) continue;
      if (state.get(next) === 'open') cycles.push([...open.slice(open.indexOf(next)), next]);
      else if (!state.has(next)) walk(next);
    }
    open.pop();
    state.set(file, 'done');
  };
  for (const file of graph.keys()) if (!state.has(file)) walk(file);
  return cycles;
}

export type ImportRules = Readonly<Record<string, readonly string[]>>;

/** Imports that violate the rules, as messages; empty if there are none. */
export function forbiddenImports(graph: ImportGraph, rules: ImportRules): string[] {
  const found: string[] = [];
  for (const [file, imports] of graph) {
    const owner = ownerOf(file, rules);
    if (owner === undefined) found.push(`${file} is under no rule`);
    else {
      const allowed = rules[owner]!;
      for (const to of imports) {
        if (!mayImport(owner, allowed, to, rules)) found.push(`${file} may not import ${to}`);
      }
    }
  }
  return found;
}

/** Names in the rules that match nothing: a typo, or a deleted folder. */
export function idleNames(graph: ImportGraph, rules: ImportRules): string[] {
  const used = new Set([...graph.keys()].map((file) => ownerOf(file, rules)));
  const packages = new Set([...graph.values()].flat());
  const isKnown = (name: string) =>
    name in rules ||
    (name.endsWith('/**') &&
      Object.keys(rules).some((key) => `${key}/`.startsWith(name.slice(0, -2)))) ||
    (name.startsWith('npm:') && packages.has(name.slice(4))) ||
    (name.startsWith('../') && [...packages].some((to) => to.startsWith(`${name.slice(3)}/`)));
  const idle = Object.keys(rules).filter((name) => !used.has(name));
  return [
    ...idle,
    ...Object.values(rules)
      .flat()
      .filter((name) => !isKnown(name)),
  ];
}

function mayImport(
  owner: string,
  allowed: readonly string[],
  to: string,
  rules: ImportRules,
): boolean {
  if (to.startsWith('src/')) {
    const target = ownerOf(to, rules);
    if (target === owner) return true;
    return allowed.some((name) =>
      name.endsWith('/**') ? to.startsWith(`src/${name.slice(0, -2)}`) : name === target,
    );
  }
  return allowed.includes(`npm:${to}`) || allowed.some((name) => liesIn(to, name));
}

/** Whether a file outside `src` is in the folder that a rule calls `../folder`. */
function liesIn(path: string, name: string): boolean {
  return name.startsWith('../') && path.startsWith(`${name.slice(3)}/`);
}

/** The rule for a file of `src`: the longest matching name. */
function ownerOf(path: string, rules: ImportRules): string | undefined {
  for (let name = path.slice('src/'.length); name !== '.'; name = dirname(name)) {
    if (Object.hasOwn(rules, name)) return name;
  }
  return undefined;
}
