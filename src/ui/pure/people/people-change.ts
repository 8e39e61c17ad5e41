import type { PeopleChange } from '../../../protocol/index.ts';
import { t } from '../../text/t.ts';
import { cleanName } from '../format.ts';
import { whom } from './face-text.ts';

/** A log entry as a sentence: `Named someone Ana`. */
export function changeText(change: PeopleChange): string {
  switch (change.kind) {
    case 'name':
      if (change.name === '') return t('people.changeNameRemoved');
      return t('people.changeName', { name: cleanName(change.name) });
    case 'confirm':
      return t('people.changeConfirm', { ...whom(change), count: change.faces });
    case 'reject':
      return t('people.changeReject', { ...whom(change), count: change.faces });
    case 'split':
      return t('people.changeSplit', { count: change.faces });
    case 'merge':
      return t('people.changeMerge', whom(change));
    case 'keep-separate': {
      const [a = '', b = ''] = change.names.filter((name) => name !== '').map(cleanName);
      return t('people.changeKeepSeparate', {
        named: b !== '' ? 'both' : a !== '' ? 'one' : 'none',
        a,
        b,
      });
    }
    case 'same-faces':
      return t('people.changeSameFaces');
    case 'different-faces':
      return t('people.changeDifferentFaces');
    case 'not-face':
      return t('people.changeNotFace', { count: change.faces });
    case 'hide':
      return t(change.hidden ? 'people.changeHide' : 'people.changeShow', whom(change));
    case 'cover':
      return t('people.changeCover', whom(change));
    case 'collage':
      return t(change.collage ? 'people.changeCollage' : 'people.changeNotCollage');
    case 'none':
      return t('people.changeNone');
  }
}
