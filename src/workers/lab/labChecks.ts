import { AkinError } from '../../base/errors.ts';
import type { LabRequest } from '../../protocol/index.ts';

/** Returns a request if it is an object. @throws AkinError `invalid-argument` */
export function checkRequest<T>(request: T, name = 'the request'): T {
  if (typeof request === 'object' && request !== null && !Array.isArray(request)) return request;
  throw new AkinError('invalid-argument', `${name} must be an object, not ${String(request)}`);
}

/** Returns a request if it says which index it is about. @throws AkinError `invalid-argument` */
export function checkIndexRequest<T extends LabRequest>(request: T): T {
  checkRequest(checkRequest(request).spec, 'spec');
  return request;
}

/** Returns a list if it is one. @throws AkinError `invalid-argument` */
export function checkList<T extends readonly unknown[]>(list: T, name: string): T {
  if (Array.isArray(list)) return list;
  throw new AkinError('invalid-argument', `${name} must be an array, not ${String(list)}`);
}
