import type { ItemImportReport } from '../../../protocol/index.ts';
import { PanelShell } from '../../panels/panel.tsx';
import { useUi } from '../../state/ui.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import './items.css';

/** Rows rendered at once. */
const SHOWN = 200;

interface ListReportProps {
  report: ItemImportReport;
  onClose: () => void;
}

/** What became of an imported list, row by row where something was wrong. */
export function ListReport({ report, onClose }: ListReportProps) {
  const { items } = useUi();
  const { rows, created, updated, photos, problems, problemCount, entry } = report;
  const shown = problems.slice(0, SHOWN);
  return (
    <PanelShell
      title={t('items.reportTitle')}
      onClose={onClose}
      question={null}
      textOnly={entry === null}
    >
      <p>
        {entry === null
          ? t(`items.report${rows === 0 ? 'Empty' : problemCount > 0 ? 'Nothing' : 'Same'}`)
          : t('items.reportCounts', { created, updated, photos })}
      </p>
      {entry !== null && (
        <Button
          className="list-report-undo"
          onClick={() => {
            onClose();
            void items.undo(entry);
          }}
        >
          {t('common.undo')}
        </Button>
      )}
      {problemCount > 0 && (
        <>
          <p>{t('items.reportProblems', { count: problemCount })}</p>
          <ul className="list-report">
            {shown.map(({ row, problem, text }) => (
              <li key={`${row} ${problem}`}>
                <span className="muted">{t('items.row', { row })}</span>
                <span>{t(`items.problem.${problem}`, { text })}</span>
              </li>
            ))}
          </ul>
          {problemCount > shown.length && (
            <p className="muted">{t('items.reportMore', { count: problemCount - shown.length })}</p>
          )}
        </>
      )}
    </PanelShell>
  );
}
