export { AkinError } from '../base/errors.ts';
export { createAkin } from './akin.ts';
export type * from './api.ts';
export * from './archive/zipPhotos.ts';
export { exposeOnConsole } from './console.ts';
export type * from './facesApi.ts';
export { pictureType } from './importing/pictureType.ts';
export { type Observable, Subject } from './observable.ts';
export type * from './trialApi.ts';
