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
export type * from './faces/facesApi.ts';
export { pictureType } from './importing/pictureType.ts';
export type * from './items/itemsApi.ts';
export type * from './lab/labApi.ts';
export type * from './map/mapApi.ts';
export type * from './models/trialApi.ts';
export { type Observable, Subject } from './observable.ts';
export type { Explain, Explanation } from './queries/explain.ts';
export type { QueriesApi } from './queries/queries.ts';
export type { Query, QueryOptions, Region, Term } from './queries/query.ts';
export type { NamedVectorFile, VectorFileOptions } from './vectorFiles.ts';
