/** Formats that vectors are exported in: see `src/portable/vectorFile.ts`. */
export const VECTOR_FORMATS = ['tsv', 'parquet', 'npy', 'fvecs'] as const;

export type VectorFormat = (typeof VECTOR_FORMATS)[number];
