export type * from './events.ts';
export { CHANNEL, TAB_SEPARATOR } from './events.ts';
export type * from './import.ts';
export { NO_COUNTS } from './import.ts';
export type * from './indexing.ts';
export type * from './library.ts';
export type * from './nets.ts';
export type * from './photo.ts';
export type * from './result.ts';
