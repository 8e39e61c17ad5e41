export { isBoxInside } from '../base/boxes.ts';
export { type Lab, labOf } from '../base/colors/lab.ts';
export { COLOR_WEIGHT } from '../base/colors/weight.ts';
export { AkinError } from '../base/errors.ts';
export { isRecord } from '../base/isRecord.ts';
export {
  isMark,
  isOptionalShare,
  isStoredTerm,
  LONGEST_TERM_TEXT,
  MOST_STORED_TERMS,
  MOST_TERM_COLORS,
  storedTermKey,
} from '../base/queries/storedTerms.ts';
export { createAkin } from './akin.ts';
export type * from './api.ts';
export * from './archive/zipPhotos.ts';
export { exposeOnConsole } from './console.ts';
export type { Explain, Explanation } from './explain.ts';
export type * from './facesApi.ts';
export { pictureType } from './importing/pictureType.ts';
export type * from './itemsApi.ts';
export type * from './mapApi.ts';
export { type Observable, Subject } from './observable.ts';
export type { QueriesApi } from './queries.ts';
export type { Query, QueryOptions, Region, Term } from './query.ts';
export type * from './trialApi.ts';
export type { NamedVectorFile, VectorFileOptions } from './vectorFiles.ts';
