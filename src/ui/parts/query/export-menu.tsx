import { Suspense, useState } from 'react';
import type { SearchHit } from '../../../protocol/index.ts';
import { exportedResults, toCsv, toJson } from '../../pure/query/results-file.ts';
import { akinError } from '../../state/hooks/use-load.ts';
import { saveCsv, saveJson } from '../../state/save-file.ts';
import { useUi } from '../../state/ui.ts';
import { errorText } from '../../text/errorText.ts';
import { t } from '../../text/t.ts';
import { Button } from '../button.tsx';
import { exportParts } from '../export/export-parts.ts';
import { DownloadIcon } from '../icons.tsx';
import { lazyPart } from '../lazy-part.ts';
import { ActionMenu } from '../menu.tsx';

const ExportVectors = lazyPart(exportParts.exportVectors);

interface ExportMenuProps {
  hits: readonly SearchHit[];
  /** Whether the odds of the hits can be shown. */
  odds: boolean;
}

/** Saves the list of results: names, folders, odds and the parts that match; or their vectors. */
export function ExportMenu({ hits, odds }: ExportMenuProps) {
  const { akin, showToast } = useUi();
  const [vectors, setVectors] = useState(false);
  const save = async (write: (results: ReturnType<typeof exportedResults>) => void) => {
    try {
      write(exportedResults(hits, await akin.list(), odds));
    } catch (thrown) {
      const detail = errorText(akinError(thrown));
      showToast({ text: t('query.exportFailed'), detail, urgent: true });
    }
  };
  return (
    <>
      <ActionMenu
        trigger={
          <Button look="quiet" className="search-tool button-bar">
            <DownloadIcon /> <span>{t('query.export')}</span>
          </Button>
        }
        entries={[
          {
            label: t('query.asCsv'),
            icon: null,
            run: () => void save((all) => saveCsv(toCsv(all), 'Akin.csv')),
          },
          {
            label: t('query.asJson'),
            icon: null,
            run: () => void save((all) => saveJson(toJson(all), 'Akin.json')),
          },
          { label: t('export.open'), icon: null, run: () => setVectors(true) },
        ]}
      />
      {vectors && (
        <Suspense>
          <ExportVectors
            // A photo is found once for each part that matches.
            ids={[...new Set(hits.map(({ id }) => id))]}
            onClose={() => setVectors(false)}
          />
        </Suspense>
      )}
    </>
  );
}
