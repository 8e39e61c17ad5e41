import { Subject } from '../../engine/index.ts';
import type { PersonView } from '../../protocol/index.ts';

/**
 * The people whom similar photos have to show, all of them; nobody in particular while it is empty.
 * It holds from photo to photo until it is taken away.
 */
export const similarAmong = new Subject<readonly PersonView[]>([]);
