import { Button } from '../parts/button.tsx';
import { FilesIcon, FolderIcon, Mark, PasteIcon, SparkleIcon } from '../parts/icons.tsx';
import { HomeBar } from '../parts/shell/top-bar.tsx';
import { canReadClipboard } from '../state/files.ts';
import { usePaste } from '../state/hooks/use-paste.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';
import './welcome.css';

/** Empty library: what Akin is, and the ways to import. */
export function Welcome() {
  const { actions, chooseFiles, chooseFolder } = useUi();
  const paste = usePaste();
  return (
    <>
      <HomeBar />
      <main className="screen welcome">
        <div className="welcome-card">
          <Mark size={72} />
          <h2>{t('welcome.title')}</h2>
          <p className="welcome-lead">{t('welcome.lead')}</p>
          <div className="welcome-drop">
            <p className="welcome-drop-hint">{t('welcome.drop')}</p>
            <div className="welcome-ways">
              <Button look="primary" onClick={chooseFiles}>
                <FilesIcon /> {t('import.chooseFiles')}
              </Button>
              <Button onClick={chooseFolder}>
                <FolderIcon /> {t('import.chooseFolder')}
              </Button>
              {canReadClipboard() && (
                <Button onClick={() => void paste()}>
                  <PasteIcon /> {t('import.paste')}
                </Button>
              )}
            </div>
          </div>
          <Button onClick={() => void actions.importSamples()}>
            <SparkleIcon /> {t('welcome.trySamples')}
          </Button>
        </div>
      </main>
    </>
  );
}
