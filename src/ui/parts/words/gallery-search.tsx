import { useRef } from 'react';
import { useKeys } from '../../state/hooks/use-keys.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { IconButton } from '../button.tsx';
import { SearchIcon } from '../icons.tsx';
import { WordField } from './word-field.tsx';
import './gallery-search.css';

/** Search field in the gallery's top bar; on narrow screens, a button that leads to one. */
export function GallerySearch() {
  const { navigation } = useUi();
  const input = useRef<HTMLInputElement>(null);
  useKeys((key) => {
    if (key !== '/') return false;
    // Hidden on narrow screens.
    if (input.current?.offsetParent) input.current.focus();
    else navigation.push({ view: 'words' });
    return true;
  });
  return (
    <>
      <div className="gallery-search">
        <WordField
          sought={null}
          input={input}
          onSearch={(sought) => navigation.push({ view: 'words', sought })}
        />
      </div>
      <IconButton
        className="gallery-search-button"
        label={t('words.title')}
        onClick={() => navigation.push({ view: 'words' })}
      >
        <SearchIcon />
      </IconButton>
    </>
  );
}
