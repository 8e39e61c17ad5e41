import { useCallback, useEffect, useRef } from 'react';
import type { PairEntryView } from '../../../protocol/index.ts';
import { Button } from '../../parts/button.tsx';
import { ItemPicture } from '../../parts/items/item-card.tsx';
import { attempt } from '../../state/actions/attempt.ts';
import { useVersionedLoad } from '../../state/hooks/use-versioned-load.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { ChangeLog } from '../log/change-log.tsx';
import { LogFiles, readLog, saveLog } from '../log/log-files.tsx';
import { takeFocus } from '../take-focus.ts';
import '../items/item-log.css';

/** Pictures of an entry: as many as fit beside its text. */
const SHOWN = 2;

/** Everything that was said about pairs, each with an undo button; export and import of it all. */
export function PairLog({ onDone }: { onDone: () => void }) {
  const { akin, showToast } = useUi();
  const { pairs } = akin.teach;
  const { value, error } = useVersionedLoad(
    pairs.version,
    useCallback(() => pairs.history(), [pairs]),
  );
  const box = useRef<HTMLElement>(null);
  useEffect(() => takeFocus(box.current), []);

  const save = () =>
    attempt(showToast, t('teach.exportFailed'), async () =>
      saveLog('akin-pairs', await pairs.export()),
    );
  const bringIn = (file: File) =>
    attempt(showToast, t('teach.importFailed'), async () => {
      const added = await pairs.import(await readLog(file));
      showToast({ text: t('teach.imported', { count: added }) });
    });
  const turn = (entry: number) =>
    attempt(showToast, t('people.undoFailed'), () => pairs.undo(entry));

  return (
    <section ref={box} className="pair-game" tabIndex={-1} aria-label={t('teach.history')}>
      <p className="muted">{t('teach.historyIntro')}</p>
      <LogFiles
        isEmpty={!value?.length}
        onExport={() => void save()}
        onImport={(file) => void bringIn(file)}
        testId="pair-log-input"
      >
        <Button className="pair-done" onClick={onDone}>
          {t('teach.done')}
        </Button>
      </LogFiles>
      {error && <p role="alert">{errorText(error)}</p>}
      {value?.length === 0 && <p className="muted">{t('teach.historyEmpty')}</p>}
      <ChangeLog
        changes={(value ?? []).map((entry) => ({
          entry: entry.entry,
          at: entry.at,
          reverted: entry.reverted,
          text: textOf(entry),
          figures: entry.photos.slice(0, SHOWN).map((id) => <ItemPicture key={id} photo={id} />),
        }))}
        onTurn={({ entry }) => void turn(entry)}
      />
    </section>
  );
}

function textOf({ source, alike, contradicted }: PairEntryView): string {
  const [yes, no] =
    source === 'answer'
      ? ([t('teach.entryAlike'), t('teach.entryDifferent')] as const)
      : ([t('teach.entryMore'), t('teach.entryLess')] as const);
  const text = alike ? yes : no;
  return contradicted ? t('teach.entryContradicted', { text }) : text;
}
