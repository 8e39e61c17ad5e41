import { useCallback, useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import { FaceCrop } from '../../parts/faces/face-crop.tsx';
import { DownloadIcon, FilesIcon } from '../../parts/icons.tsx';
import { changeText } from '../../pure/people/people-change.ts';
import { useFacesLoad } from '../../state/hooks/faces/use-faces-load.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { saveJson } from '../../state/save-file.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { type Change, ChangeLog } from '../log/change-log.tsx';
import { type PanelProps, PanelShell } from '../panel.tsx';
import { UnparsedEntries } from './unparsed-entries.tsx';
import './people-log.css';

const CROP = 36;
/** Larger files can't be a history and are not read. */
const MOST_BYTES = 50_000_000;

/** All log entries, each with an undo button; export and import of the whole log. */
export default function PeopleLog({ onClose, children }: PanelProps) {
  const { akin, faces, people, showToast } = useUi();
  const unparsed = useObservable(faces.state).report?.unparsed ?? 0;
  const log = useFacesLoad(useCallback(() => akin.faces.log(), [akin]));
  const chooser = useRef<HTMLInputElement>(null);
  const entries = log.value ?? [];

  const save = () =>
    people.run(t('people.exportFailed'), async () => {
      const text = await akin.faces.exportLog();
      const name = `akin-people-${new Date().toISOString().slice(0, 10)}.json`;
      saveJson(text, name);
    });
  const bringIn = (file: File) =>
    people.run(t('people.importFailed'), async () => {
      if (file.size > MOST_BYTES) throw new Error(t('people.tooLarge'));
      const fresh = await akin.faces.importLog(await file.text());
      log.reload();
      showToast({ text: t('people.imported', { count: fresh }) });
    });
  const turn = async ({ entry, reverted }: Change) => {
    await (reverted ? people.redo(entry) : people.undo(entry));
    log.reload();
  };

  return (
    <PanelShell title={t('people.history')} onClose={onClose} question={children}>
      <p className="muted">{t('people.historyIntro')}</p>
      <div className="setting-buttons log-buttons">
        <Button disabled={entries.length === 0 && unparsed === 0} onClick={() => void save()}>
          <DownloadIcon /> {t('people.export')}
        </Button>
        <Button onClick={() => chooser.current?.click()}>
          <FilesIcon /> {t('people.import')}
        </Button>
        <input
          ref={chooser}
          hidden
          type="file"
          accept=".json,application/json"
          aria-label={t('people.chooseFile')}
          data-testid="people-log-input"
          onChange={(event) => {
            const file = event.target.files?.[0];
            event.target.value = '';
            if (file) void bringIn(file);
          }}
        />
      </div>
      {unparsed > 0 && <UnparsedEntries count={unparsed} />}
      {log.error && <p role="alert">{errorText(log.error)}</p>}
      {log.value && entries.length === 0 && unparsed === 0 && (
        <p className="muted">{t('people.historyEmpty')}</p>
      )}
      <ChangeLog
        changes={entries.map((entry) => ({
          entry: entry.entry,
          at: entry.at,
          reverted: entry.reverted,
          text: changeText(entry.change),
          figures: entry.faces.map((face) => <FaceCrop key={face} face={face} size={CROP} round />),
        }))}
        onTurn={(change) => void turn(change)}
      />
    </PanelShell>
  );
}
