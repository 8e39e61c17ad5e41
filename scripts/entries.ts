import type { Plugin, Rolldown } from 'vite';

/** The fields used of a chunk. */
export type BuiltChunk = Pick<
  Rolldown.OutputChunk,
  'type' | 'fileName' | 'isEntry' | 'imports' | 'dynamicImports'
>;

/**
 * The imports that lead from a chunk back to an entry, each as "importer imports entry".
 *
 * WebKit evaluates the entry of a module worker a second time if one of its chunks imports it. The
 * second instance also listens, has none of the first one's state, and answers every call.
 */
export function entryImports(
  bundle: Readonly<Record<string, BuiltChunk | { readonly type: 'asset' }>>,
): string[] {
  const chunks = Object.values(bundle).filter((output) => output.type === 'chunk');
  const entries = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  return chunks.flatMap(({ fileName, imports, dynamicImports }) =>
    [...new Set([...imports, ...dynamicImports])]
      .filter((imported) => entries.has(imported))
      .map((imported) => `${fileName} imports ${imported}`),
  );
}

/**
 * Moves what an entry shares with its chunks into separate chunks, and fails the build if a chunk
 * still imports an entry. For the page and for workers.
 */
export function separateEntries(): Plugin {
  return {
    name: 'akin-separate-entries',
    // Vite sets `false`, which lets chunks import the entry. Nothing else overrides it for workers.
    options: (options) => ({ ...options, preserveEntrySignatures: 'strict' }),
    generateBundle(_options, bundle) {
      const wrong = entryImports(bundle);
      if (wrong.length > 0) {
        this.error(
          `No chunk may import an entry, which WebKit would run twice: ${wrong.join(', ')}`,
        );
      }
    },
  };
}
