import { Button } from '../parts/button.tsx';
import { FilesIcon, FolderIcon, Mark, PasteIcon, SparkleIcon } from '../parts/icons.tsx';
import { HomeBar } from '../parts/top-bar.tsx';
import { canReadClipboard } from '../state/files.ts';
import { useUi } from '../state/ui.ts';
import { usePaste } from '../state/use-paste.ts';
import './welcome.css';

/** The library is empty: what Akin is, and the ways in. */
export function Welcome() {
  const { actions, chooseFiles, chooseFolder } = useUi();
  const paste = usePaste();
  return (
    <>
      <HomeBar />
      <main className="screen welcome">
        <div className="welcome-card">
          <Mark size={72} />
          <h2>Find the photos that look alike</h2>
          <p className="welcome-lead">
            Drop your photos here, click one, and Akin shows those that look like it. Everything
            happens on this device: no photo ever leaves it.
          </p>
          <div className="welcome-drop">
            <p>Drop photos or folders anywhere, or</p>
            <div className="welcome-ways">
              <Button look="primary" onClick={chooseFiles}>
                <FilesIcon /> Choose files
              </Button>
              <Button onClick={chooseFolder}>
                <FolderIcon /> Choose a folder
              </Button>
              {canReadClipboard() && (
                <Button onClick={() => void paste()}>
                  <PasteIcon /> Paste
                </Button>
              )}
            </div>
          </div>
          <Button onClick={() => void actions.importSamples()}>
            <SparkleIcon /> Try with sample pictures
          </Button>
        </div>
      </main>
    </>
  );
}
