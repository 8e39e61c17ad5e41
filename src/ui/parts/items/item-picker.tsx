import { useState } from 'react';
import type { ItemView } from '../../../protocol/index.ts';
import { PanelShell } from '../../panels/panel.tsx';
import { nameMatches } from '../../pure/people/search-names.ts';
import { useItems } from '../../state/hooks/use-items-load.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { AddIcon } from '../icons.tsx';
import { ItemFigure } from './item-card.tsx';
import '../faces/naming/person-picker.css';
import './items.css';

/** Shown initially and per "Show more". */
const SHOWN = 60;

interface ItemPickerProps {
  title: string;
  /** Key of the item to leave out. */
  without?: string;
  onClose: () => void;
  onPick: (item: ItemView) => void;
  /** Offers to create an item of the typed title. */
  onCreate?: (title: string) => void;
}

/** Picks an item, or creates one. */
export default function ItemPicker({ title, without, onClose, onPick, onCreate }: ItemPickerProps) {
  const items = useItems();
  const [sought, setSought] = useState('');
  const [shown, setShown] = useState(SHOWN);
  const typed = sought.trim();
  const offered = (items ?? []).filter(
    (item) =>
      item.key !== without && (nameMatches(item.title, typed) || nameMatches(item.sku, typed)),
  );
  return (
    <PanelShell title={title} onClose={onClose} question={null} focusId="item-sought">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== '') onCreate?.(typed);
        }}
      >
        <input
          id="item-sought"
          className="field picker-field"
          type="search"
          maxLength={500}
          placeholder={t('items.find')}
          aria-label={t('items.find')}
          value={sought}
          onChange={(event) => setSought(event.target.value)}
        />
        {onCreate && typed !== '' && (
          <Button type="submit" look="primary" className="item-picker-new">
            <AddIcon /> <span className="one-line">{t('items.create', { title: typed })}</span>
          </Button>
        )}
      </form>
      {items && offered.length === 0 && (typed !== '' || !onCreate) && (
        <p className="muted">{t(typed === '' ? 'items.none' : 'people.noResults')}</p>
      )}
      <ul className="item-cards" aria-label={t('items.title')}>
        {offered.slice(0, shown).map((item) => (
          <li key={item.key}>
            <button type="button" className="item-card" onClick={() => onPick(item)}>
              <ItemFigure item={item} />
            </button>
          </li>
        ))}
      </ul>
      {offered.length > shown && (
        <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
      )}
    </PanelShell>
  );
}
