export type { Cell, Cells, Column } from './cells.ts';
export type { Rows } from './rows.ts';
export { type VectorFile, vectorFile } from './vectorFile.ts';
