import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import type { GroupBy } from '../../../protocol/index.ts';
import { type PageTerm, storable } from '../../pure/query/terms.ts';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { StarIcon } from '../icons.tsx';
import { SearchNameForm } from './starters/query-rows.tsx';
import { termsLabel } from './term-figure.tsx';
import './save-search.css';

interface SaveSearchProps {
  terms: readonly PageTerm[];
  groupBy: GroupBy;
}

/** Saves a search with a name, unless it has a picture that isn't in the library. */
export function SaveSearch({ terms, groupBy }: SaveSearchProps) {
  const { queryActions } = useUi();
  const [open, setOpen] = useState(false);
  const plain = storable(terms);
  if (!plain || plain.length === 0) return null;
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        render={
          <Button look="quiet" className="search-tool button-bar">
            <StarIcon /> <span>{t('query.saveSearch')}</span>
          </Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end" collisionPadding={8} className="layer-menu">
          <Popover.Popup className="menu save-search">
            <Popover.Title className="query-group">{t('query.searchName')}</Popover.Title>
            <SearchNameForm
              name={termsLabel(terms).slice(0, 200)}
              onName={(name) => {
                setOpen(false);
                void queryActions.save(name, plain, groupBy);
              }}
              onCancel={() => setOpen(false)}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
