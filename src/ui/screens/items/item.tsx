import { Tabs } from '@base-ui/react/tabs';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { GallerySnapshot } from '../../../engine/index.ts';
import type { ItemPage, PhotoId } from '../../../protocol/index.ts';
import { PhotoGrid } from '../../parts/grid/photo-grid.tsx';
import { SelectionAction, SelectionBar } from '../../parts/grid/selection-bar.tsx';
import { AddIcon, HideIcon, PhotosIcon } from '../../parts/icons.tsx';
import { ItemCard, ItemPicture } from '../../parts/items/item-card.tsx';
import { count } from '../../pure/format.ts';
import { indexOfId } from '../../pure/gallery/ids.ts';
import { listedOrder } from '../../pure/gallery/photo-order.ts';
import { hostOf, isWebAddress } from '../../pure/items/web-address.ts';
import { gridMemoryOf } from '../../state/grid-memory.ts';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { useItemsLoad } from '../../state/hooks/use-items-load.ts';
import { startRun } from '../../state/photo-run.ts';
import { useSelection } from '../../state/selection.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { ItemBar } from './item-bar.tsx';
import '../faces/people.css';
import '../faces/person.css';
import './items.css';

interface ItemProps {
  id: string;
  gallery: GallerySnapshot;
}

/** An item: its photos, facts and similar items. */
export default function ItemScreen({ id, gallery }: ItemProps) {
  const { akin, navigation, showToast } = useUi();
  const { value, error } = useItemsLoad(useCallback(() => akin.items.get(id), [akin, id]));
  const gone = error?.code === 'not-found';
  useEffect(() => {
    if (!gone) return;
    showToast({ text: t('items.gone') });
    navigation.replace({ view: 'items' });
  }, [gone, navigation, showToast]);
  if (value) return <Page key={value.item.key} page={value} gallery={gallery} />;
  return (
    <>
      <ItemBar page={null} onSplit={() => {}} />
      <main className="screen waiting" aria-busy={!error}>
        {error && !gone && <p role="alert">{errorText(error)}</p>}
      </main>
    </>
  );
}

function Page({ page, gallery }: { page: ItemPage; gallery: GallerySnapshot }) {
  const { actions, items, navigation } = useUi();
  const { item } = page;
  const [part, setPart] = useState<'photos' | 'similar'>('photos');
  const { ids, aspects } = useMemo(() => {
    const shown = page.photos.filter((id) => indexOfId(gallery.ids, id) >= 0);
    return {
      ids: Uint32Array.from(shown),
      aspects: Float32Array.from(shown, (id) => gallery.aspects[indexOfId(gallery.ids, id)] ?? 1),
    };
  }, [page.photos, gallery]);
  const order = useMemo(() => listedOrder(ids), [ids]);
  const selection = useSelection(ids, order);
  const memory = useMemo(() => gridMemoryOf(`item ${item.key}`), [item.key]);
  const chosen = [...selection.ids];
  useKeys((key) => {
    if (key !== 'Escape' || selection.active) return false;
    navigation.back();
    return true;
  });
  const remove = (some: readonly PhotoId[]) => {
    selection.clear();
    void actions.remove(some);
  };
  const reject = () => {
    selection.clear();
    void items.apply(
      { kind: 'reject', item: item.key, photos: chosen },
      t('items.rejected', { title: item.title, count: chosen.length }),
    );
  };
  const all = chosen.length === page.photos.length;
  const splitOff = async () => {
    selection.clear();
    const title = t('items.splitTitle', { title: item.title });
    const command = { kind: 'split', item: item.key, photos: chosen, title } as const;
    const done = await items.apply(command, t('items.created', { title }));
    if (done?.item) navigation.push({ view: 'item', key: done.item });
  };
  return (
    <>
      {selection.active ? (
        <SelectionBar selection={selection} onDelete={() => remove(chosen)}>
          <SelectionAction
            label={t('items.makeCover')}
            icon={<PhotosIcon />}
            disabled={chosen.length !== 1}
            onClick={() => {
              selection.clear();
              void items.apply(
                { kind: 'cover', item: item.key, photo: chosen[0]! },
                t('items.coverSet'),
              );
            }}
          />
          <SelectionAction
            label={t('items.splitOff')}
            icon={<AddIcon />}
            disabled={chosen.length === 0 || all}
            reason={all ? t('items.splitAll') : undefined}
            onClick={() => void splitOff()}
          />
          <SelectionAction
            label={t('items.notThis')}
            icon={<HideIcon />}
            disabled={chosen.length === 0}
            onClick={reject}
          />
        </SelectionBar>
      ) : (
        <ItemBar page={page} onSplit={selection.start} />
      )}
      <main className="screen item-page">
        <Details page={page} />
        <Tabs.Root
          className="person-parts"
          value={part}
          onValueChange={(next: 'photos' | 'similar') => {
            selection.clear();
            setPart(next);
          }}
        >
          <Tabs.List className="person-tabs" aria-label={item.title}>
            <Tabs.Tab value="photos" className="person-tab">
              {t('items.photos')} <span className="person-count">{count(ids.length)}</span>
            </Tabs.Tab>
            <Tabs.Tab value="similar" className="person-tab">
              {t('items.similar')}{' '}
              {page.similar.length > 0 && (
                <span className="person-count">{count(page.similar.length)}</span>
              )}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="photos" className="person-panel" tabIndex={-1}>
            {ids.length > 0 ? (
              <PhotoGrid
                ids={ids}
                aspects={aspects}
                order={order}
                label={t('items.photos')}
                memory={memory}
                selection={selection}
                hrefOf={(id) => navigation.url({ view: 'photo', id })}
                onOpen={(id) => {
                  startRun(ids);
                  navigation.push({ view: 'photo', id });
                }}
                onDelete={remove}
              />
            ) : (
              <p className="muted person-none">{t('items.noPhotos')}</p>
            )}
          </Tabs.Panel>
          <Tabs.Panel value="similar" className="person-panel people" tabIndex={-1}>
            {page.similar.length === 0 && (
              <p className="muted person-none">{t('items.noSimilar')}</p>
            )}
            <ul className="item-cards">
              {page.similar.map((other) => (
                <li key={other.key}>
                  <ItemCard item={other} />
                </li>
              ))}
            </ul>
          </Tabs.Panel>
        </Tabs.Root>
      </main>
    </>
  );
}

/** Cover, facts and link. */
function Details({ page: { item, details } }: { page: ItemPage }) {
  return (
    <section className="item-details" aria-label={item.title}>
      <ItemPicture photo={item.cover} />
      {details.facts.length > 0 && (
        <dl className="item-facts">
          {details.facts.map(([name, value]) => (
            <div key={name}>
              <dt className="muted">{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {isWebAddress(details.link) && (
        <a
          className="item-link one-line"
          href={details.link}
          target="_blank"
          rel="noopener noreferrer"
          referrerPolicy="no-referrer"
          title={details.link}
          aria-label={t('items.openLink')}
        >
          {hostOf(details.link)}
        </a>
      )}
    </section>
  );
}
