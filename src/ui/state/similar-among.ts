import { Subject } from '../../engine/index.ts';
import type { PersonView } from '../../protocol/index.ts';

/**
 * People that similar photos must all show; empty for no restriction. Persists from photo to photo
 * until cleared.
 */
export const similarAmong = new Subject<readonly PersonView[]>([]);
