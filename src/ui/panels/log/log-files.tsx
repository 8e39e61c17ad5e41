import { type ReactNode, useRef } from 'react';
import { Button } from '../../parts/button.tsx';
import { DownloadIcon, FilesIcon } from '../../parts/icons.tsx';
import { saveJson } from '../../state/save-file.ts';
import { t } from '../../text/t.ts';
import './log-files.css';

/** Larger files can't be a history and are not read. */
const MOST_BYTES = 50_000_000;

/** Saves a history as a file with this name and today's date. */
export function saveLog(name: string, text: string): void {
  saveJson(text, `${name}-${new Date().toISOString().slice(0, 10)}.json`);
}

/** The text of a history's file. */
export async function readLog(file: File): Promise<string> {
  if (file.size > MOST_BYTES) throw new Error(t('people.tooLarge'));
  return file.text();
}

interface LogFilesProps {
  /** Whether there is nothing to export. */
  isEmpty: boolean;
  onExport: () => void;
  onImport: (file: File) => void;
  /** Of the file input, for tests. */
  testId: string;
  children?: ReactNode;
}

/** Buttons that export a history and import one, and more beside them. */
export function LogFiles({ isEmpty, onExport, onImport, testId, children }: LogFilesProps) {
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <div className="setting-buttons log-buttons">
      <Button disabled={isEmpty} onClick={onExport}>
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
        data-testid={testId}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file) onImport(file);
        }}
      />
      {children}
    </div>
  );
}
