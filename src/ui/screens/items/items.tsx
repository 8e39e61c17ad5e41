import { useCallback, useRef, useState } from 'react';
import type { GallerySnapshot } from '../../../engine/index.ts';
import type { ItemImportReport, ListProgress } from '../../../protocol/index.ts';
import { Button, IconButton } from '../../parts/button.tsx';
import { AddIcon, DownloadIcon, LogIcon, SparkleIcon } from '../../parts/icons.tsx';
import { ItemCard } from '../../parts/items/item-card.tsx';
import { ListImport } from '../../parts/items/list-import.tsx';
import { ListReport } from '../../parts/items/list-report.tsx';
import { Bar } from '../../parts/shell/top-bar.tsx';
import { useKeys } from '../../state/hooks/keys/use-keys.ts';
import { useItemsLoad } from '../../state/hooks/use-items-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import '../waiting.css';
import '../faces/people.css';
import './items.css';

/** Shown initially and per "Show more". */
const SHOWN = 240;

/** All items, by title. */
export default function Items({ gallery }: { gallery: GallerySnapshot }) {
  const { akin, items: actions, navigation, openPanel } = useUi();
  const { value, error, reload } = useItemsLoad(useCallback(() => akin.items.list(), [akin]));
  const [shown, setShown] = useState(SHOWN);
  const [report, setReport] = useState<ItemImportReport | null>(null);
  const [running, setRunning] = useState<{
    readonly cancel: () => void;
    readonly progress: ListProgress | null;
  } | null>(null);
  const file = useRef<HTMLInputElement>(null);
  const importList = async (chosen: File) => {
    const controller = new AbortController();
    const cancel = () => controller.abort();
    setRunning({ cancel, progress: null });
    const done = await actions.importList(chosen, {
      signal: controller.signal,
      onProgress: (progress) => setRunning({ cancel, progress }),
    });
    setRunning(null);
    setReport(done);
  };
  useKeys((key) => {
    if (key !== 'Escape') return false;
    navigation.home();
    return true;
  });
  const importButton = (
    <Button
      look={value?.length ? 'quiet' : 'primary'}
      className="button-bar"
      onClick={() => file.current?.click()}
    >
      <AddIcon /> <span>{t('items.importList')}</span>
    </Button>
  );
  return (
    <>
      <Bar>
        <h1 className="bar-name one-line">
          {t('items.title')}
          {value && value.length > 0 && <small>{t('items.count', { count: value.length })}</small>}
        </h1>
        {value && value.length > 0 && (
          <div className="bar-end">
            <IconButton label={t('teach.title')} onClick={() => openPanel('teach')}>
              <SparkleIcon />
            </IconButton>
            <IconButton label={t('items.history')} onClick={() => openPanel('item-log')}>
              <LogIcon />
            </IconButton>
            {importButton}
            <Button look="quiet" className="button-bar" onClick={() => void actions.exportList()}>
              <DownloadIcon /> <span>{t('items.exportList')}</span>
            </Button>
          </div>
        )}
      </Bar>
      {value?.length === 0 ? (
        <main className="screen waiting">
          <h2>{t('items.none')}</h2>
          <p className="muted">{t('items.noneHint')}</p>
          {gallery.length > 0 && importButton}
          <Button look="quiet" onClick={() => openPanel('item-log')}>
            <LogIcon /> {t('items.history')}
          </Button>
        </main>
      ) : (
        <main className="screen people" aria-busy={value === null}>
          {error && (
            <p role="alert">
              {errorText(error)}{' '}
              <button type="button" className="link-button" onClick={reload}>
                {t('common.tryAgain')}
              </button>
            </p>
          )}
          <ul className="item-cards" aria-label={t('items.title')}>
            {value?.slice(0, shown).map((item) => (
              <li key={item.key}>
                <ItemCard item={item} />
              </li>
            ))}
          </ul>
          {value && value.length > shown && (
            <div className="people-more">
              <Button onClick={() => setShown((n) => n + SHOWN)}>{t('common.showMore')}</Button>
            </div>
          )}
        </main>
      )}
      <input
        ref={file}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hidden
        data-testid="list-input"
        aria-label={t('items.importList')}
        onChange={async ({ target }) => {
          const [chosen] = target.files ?? [];
          target.value = '';
          if (chosen) await importList(chosen);
        }}
      />
      {running && <ListImport progress={running.progress} onCancel={running.cancel} />}
      {report && <ListReport report={report} onClose={() => setReport(null)} />}
    </>
  );
}
