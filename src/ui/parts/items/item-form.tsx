import { useState } from 'react';
import type { ItemDetails } from '../../../protocol/index.ts';
import { PanelShell } from '../../panels/panel.tsx';
import { isWebAddress } from '../../pure/items/web-address.ts';
import { useItems } from '../../state/hooks/use-items-load.ts';
import { t } from '../../text/t.ts';
import { Button, IconButton } from '../button.tsx';
import { AddIcon, CloseIcon } from '../icons.tsx';
import '../faces/naming/person-picker.css';
import './items.css';

interface ItemFormProps {
  /** Key of the item. */
  item: string;
  details: ItemDetails;
  onClose: () => void;
  onSave: (details: ItemDetails) => void;
}

/** Edits what is known of an item. */
export function ItemForm({ item, details, onClose, onSave }: ItemFormProps) {
  const [title, setTitle] = useState(details.title);
  const [sku, setSku] = useState(details.sku);
  const [link, setLink] = useState(details.link);
  const [facts, setFacts] = useState(() => details.facts.map(([name, value]) => ({ name, value })));
  const linkFails = link.trim() !== '' && !isWebAddress(link.trim());
  const other = useItems()?.find(
    (each) => each.key !== item && each.sku !== '' && each.sku === sku.trim(),
  );
  const isNameless = title.trim() === '' && sku.trim() === '';
  const setFact = (place: number, part: Partial<{ name: string; value: string }>) =>
    setFacts(facts.with(place, { ...facts[place]!, ...part }));
  const save = () => {
    const named = new Map(
      facts.flatMap(({ name, value }) =>
        name.trim() === '' ? [] : [[name.trim(), value.trim()] as const],
      ),
    );
    onSave({
      title: title.trim() || sku.trim(),
      sku: sku.trim(),
      link: link.trim(),
      facts: [...named],
    });
  };
  return (
    <PanelShell
      title={t('items.editTitle')}
      onClose={onClose}
      question={null}
      focusId="item-form-title"
    >
      <form
        className="item-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!linkFails && !isNameless && !other) save();
        }}
      >
        <label>
          {t('items.fieldTitle')}
          <input
            id="item-form-title"
            className="field"
            maxLength={500}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        </label>
        <label>
          {t('items.fieldSku')}
          <input
            className="field"
            maxLength={200}
            value={sku}
            aria-invalid={other !== undefined}
            aria-describedby={other ? 'item-sku-fails' : undefined}
            onChange={(event) => setSku(event.target.value)}
          />
        </label>
        {other && (
          <p id="item-sku-fails" role="alert">
            {t('items.sameSku', { title: other.title })}
          </p>
        )}
        <label>
          {t('items.fieldLink')}
          <input
            className="field"
            type="url"
            inputMode="url"
            maxLength={2000}
            placeholder="https://"
            value={link}
            aria-invalid={linkFails}
            aria-describedby={linkFails ? 'item-link-fails' : undefined}
            onChange={(event) => setLink(event.target.value)}
          />
        </label>
        {linkFails && (
          <p id="item-link-fails" role="alert">
            {t('items.badLink')}
          </p>
        )}
        <fieldset className="item-form-facts">
          <legend>{t('items.facts')}</legend>
          {facts.map((fact, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: facts have no other identity
            <div key={place} className="item-form-fact">
              <input
                className="field"
                maxLength={100}
                aria-label={t('items.factName')}
                placeholder={t('items.factName')}
                value={fact.name}
                onChange={(event) => setFact(place, { name: event.target.value })}
              />
              <input
                className="field"
                maxLength={2000}
                aria-label={t('items.factValue')}
                placeholder={t('items.factValue')}
                value={fact.value}
                onChange={(event) => setFact(place, { value: event.target.value })}
              />
              <IconButton
                label={t('items.removeFact', { name: fact.name })}
                onClick={() => setFacts(facts.filter((_, i) => i !== place))}
              >
                <CloseIcon />
              </IconButton>
            </div>
          ))}
          {facts.length < 100 && (
            <Button look="quiet" onClick={() => setFacts([...facts, { name: '', value: '' }])}>
              <AddIcon /> {t('items.addFact')}
            </Button>
          )}
        </fieldset>
        <div className="item-form-end">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" disabled={isNameless}>
            {t('common.save')}
          </Button>
        </div>
      </form>
    </PanelShell>
  );
}
