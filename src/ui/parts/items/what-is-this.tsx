import { useCallback, useEffect, useRef, useState } from 'react';
import type { ItemView, PhotoId, RankedItemView } from '../../../protocol/index.ts';
import { sureness } from '../../pure/items/sureness.ts';
import { opensElsewhere } from '../../pure/opens-elsewhere.ts';
import { useFocusHome } from '../../state/hooks/use-focus-home.ts';
import { useItemsLoad } from '../../state/hooks/use-items-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { Button, IconButton } from '../button.tsx';
import { AddIcon, CheckIcon, CloseIcon } from '../icons.tsx';
import { ItemPicture } from './item-card.tsx';
import ItemPicker from './item-picker.tsx';
import './items.css';

/** Rows of other items, and the least probability that is worth showing as a number. */
const ROWS = 6;
const LEAST_SHOWN = 0.005;

interface WhatIsThisProps {
  photoId: PhotoId;
  onClose: () => void;
}

/** Says which item a photo shows. Shown beside the photo in place of the similar photos. */
export default function WhatIsThis({ photoId, onClose }: WhatIsThisProps) {
  const { akin, items } = useUi();
  const { value, error, status, reload } = useItemsLoad(
    useCallback((signal) => akin.items.identify(photoId, { signal }), [akin, photoId]),
  );
  const [all, setAll] = useState(false);
  /** On a phone, it covers half of the screen, or most of it. */
  const [tall, setTall] = useState(false);
  const [naming, setNaming] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  useFocusHome(title, value);

  const say = (kind: 'add' | 'reject', item: ItemView) =>
    void items.apply(
      { kind, item: item.key, photos: [photoId] },
      t(kind === 'add' ? 'items.added' : 'items.rejected', { title: item.title, count: 1 }),
    );
  const create = (name: string) => {
    setNaming(false);
    void items.apply(
      { kind: 'create', title: name, sku: '', link: '', facts: [], photos: [photoId] },
      t('items.created', { title: name }),
    );
  };

  const said = value?.said ?? null;
  const [best, ...others] = value?.ranked ?? [];
  const named = value?.verdict === 'item' && said === null;
  const rows = named ? others : (value?.ranked ?? []);
  const notReady = error?.code === 'not-found';
  return (
    <section className="similar what" data-tall={tall || undefined} aria-labelledby="what-title">
      <button
        type="button"
        className="what-handle"
        aria-label={t(tall ? 'items.smaller' : 'items.larger')}
        aria-expanded={tall}
        onClick={() => setTall(!tall)}
      />
      <div className="similar-head">
        <h2 id="what-title" ref={title} tabIndex={-1}>
          {t('items.ask')}
        </h2>
        <IconButton
          className="face-close"
          label={t('items.close')}
          shortcut="Escape"
          onClick={onClose}
        >
          <CloseIcon />
        </IconButton>
      </div>
      <div className="similar-list" aria-busy={status === 'loading'}>
        {status === 'loading' && <p className="similar-note waiting-late">{t('common.loading')}</p>}
        {error && (
          <p className="similar-note" role="alert">
            {notReady ? t('items.notReady') : errorText(error)}{' '}
            <button type="button" className="link-button" onClick={reload}>
              {t('common.tryAgain')}
            </button>
          </p>
        )}
        {said && (
          <div aria-live="polite">
            {said.cover !== photoId && <Pair photoId={photoId} other={said.cover} />}
            <p className="what-name" data-testid="item-verdict">
              <ItemLink item={said} />
            </p>
            <p className="muted">{t('items.youSaid')}</p>
            <div className="what-buttons">
              <Button onClick={() => say('reject', said)}>{t('items.notThis')}</Button>
            </div>
          </div>
        )}
        {named && best && (
          <div aria-live="polite">
            <Pair photoId={photoId} other={best.evidence[0] ?? best.item.cover} />
            <p className="what-name" data-testid="item-verdict">
              <ItemLink item={best.item} />
            </p>
            <p className="muted">
              {best.item.sku !== '' && `${best.item.sku} · `}
              {t('items.sure', { percent: sureness(best.probability) })}
            </p>
            <div className="what-buttons">
              <Button look="primary" onClick={() => say('add', best.item)}>
                <CheckIcon /> {t('items.yes')}
              </Button>
              <Button onClick={() => say('reject', best.item)}>
                <CloseIcon /> {t('items.no')}
              </Button>
            </div>
          </div>
        )}
        {value?.verdict === 'none' && said === null && (
          <div aria-live="polite">
            <p className="what-name" data-testid="item-verdict">
              {t('items.notInCatalog')}
            </p>
            {best && (
              <p className="muted">
                {t('items.closest', {
                  title: best.item.title,
                  percent: sureness(best.probability),
                })}
              </p>
            )}
            <div className="what-buttons">
              <Button look="primary" onClick={() => setNaming(true)}>
                <AddIcon /> {t('items.addNew')}
              </Button>
              {best && !all && (
                <Button onClick={() => setAll(true)}>{t('items.showClosest')}</Button>
              )}
            </div>
          </div>
        )}
        {said === null && rows.length > 0 && (named || all) && (
          <>
            {named && <h3 className="face-part">{t('items.others')}</h3>}
            <ul className="what-rows">
              {rows.slice(0, ROWS).map((row) => (
                <Row key={row.item.key} row={row} onYes={() => say('add', row.item)} />
              ))}
            </ul>
          </>
        )}
      </div>
      {naming && (
        <ItemPicker
          title={t('items.sameItemTitle')}
          onClose={() => setNaming(false)}
          onCreate={create}
          onPick={(item) => {
            setNaming(false);
            say('add', item);
          }}
        />
      )}
    </section>
  );
}

/** The photo beside the one of the item that is most like it. */
function Pair({ photoId, other }: { photoId: PhotoId; other: PhotoId | null }) {
  return (
    <div className="what-pair">
      <ItemPicture photo={photoId} />
      <ItemPicture photo={other} />
    </div>
  );
}

function Row({ row, onYes }: { row: RankedItemView; onYes: () => void }) {
  const { item, probability, evidence } = row;
  return (
    <li className="what-row">
      <ItemPicture photo={evidence[0] ?? item.cover} />
      <span className="what-row-name">
        <ItemLink item={item} />
        {item.sku !== '' && <small className="muted one-line">{item.sku}</small>}
      </span>
      <span className="what-percent">{probability >= LEAST_SHOWN && sureness(probability)}</span>
      <Button aria-label={`${t('items.yes')}: ${item.title}`} onClick={onYes}>
        {t('items.yes')}
      </Button>
    </li>
  );
}

function ItemLink({ item }: { item: ItemView }) {
  const { navigation } = useUi();
  const route = { view: 'item', key: item.key } as const;
  return (
    <a
      href={navigation.url(route)}
      onClick={(event) => {
        if (opensElsewhere(event)) return;
        event.preventDefault();
        navigation.push(route);
      }}
    >
      <bdi>{item.title}</bdi>
    </a>
  );
}
