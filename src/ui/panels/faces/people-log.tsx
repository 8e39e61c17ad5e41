import { useCallback } from 'react';
import { FaceCrop } from '../../parts/faces/face-crop.tsx';
import { changeText } from '../../pure/people/people-change.ts';
import { useFacesLoad } from '../../state/hooks/faces/use-faces-load.ts';
import { useObservable } from '../../state/hooks/use-observable.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { type Change, ChangeLog } from '../log/change-log.tsx';
import { LogFiles, readLog, saveLog } from '../log/log-files.tsx';
import { type PanelProps, PanelShell } from '../panel.tsx';
import { UnparsedEntries } from './unparsed-entries.tsx';

const CROP = 36;

/** All log entries, each with an undo button; export and import of the whole log. */
export default function PeopleLog({ onClose, children }: PanelProps) {
  const { akin, faces, people, showToast } = useUi();
  const unparsed = useObservable(faces.state).report?.unparsed ?? 0;
  const log = useFacesLoad(useCallback(() => akin.faces.log(), [akin]));
  const entries = log.value ?? [];

  const save = () =>
    people.run(t('people.exportFailed'), async () =>
      saveLog('akin-people', await akin.faces.exportLog()),
    );
  const bringIn = (file: File) =>
    people.run(t('people.importFailed'), async () => {
      const fresh = await akin.faces.importLog(await readLog(file));
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
      <LogFiles
        isEmpty={entries.length === 0 && unparsed === 0}
        onExport={() => void save()}
        onImport={(file) => void bringIn(file)}
        testId="people-log-input"
      />
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
