import { Toast } from '@base-ui/react/toast';
import { Tooltip } from '@base-ui/react/tooltip';
import { Fragment, useEffect, useMemo, useRef, useState } from 'react';
import { type Akin, type Observable, Subject } from '../engine/index.ts';
import { loadAllChunks } from './chunks.ts';
import { Panels } from './panels/panels.tsx';
import { DropZone } from './parts/import/drop-zone.tsx';
import { FileInputs } from './parts/import/file-inputs.tsx';
import { ImportBar } from './parts/import/import-bar.tsx';
import { CrashScreen } from './parts/shell/crash-screen.tsx';
import { FleetingBanner } from './parts/shell/fleeting-banner.tsx';
import { Nav } from './parts/shell/nav.tsx';
import { StorageBanner } from './parts/shell/storage-banner.tsx';
import { showToast, Toasts, toastManager } from './parts/shell/toasts.tsx';
import { Screen } from './screens/screen.tsx';
import { Actions } from './state/actions/actions.ts';
import { ItemActions } from './state/actions/item-actions.ts';
import { PeopleActions } from './state/actions/people-actions.ts';
import { QueryActions } from './state/actions/query-actions.ts';
import { FacesWatch } from './state/faces-watch.ts';
import { PICTURES } from './state/files.ts';
import { useFacesNews } from './state/hooks/faces/use-faces-news.ts';
import { useGlobalKeys } from './state/hooks/keys/use-global-keys.ts';
import { useDeleted } from './state/hooks/use-deleted.ts';
import { type UpdateOffer, useNews } from './state/hooks/use-news.ts';
import { Navigation } from './state/navigation.ts';
import { Queries } from './state/queries.ts';
import { applyTheme } from './state/theme.ts';
import { ThumbCache } from './state/thumbs.ts';
import { type DropTaker, type Panel, type Question, type Ui, UiContext } from './state/ui.ts';
import { useLanguage } from './text/language.ts';
import { t } from './text/t.ts';
import './styles/tokens.css';
import './styles/base.css';
import './app.css';

applyTheme();

export interface AppProps {
  readonly akin: Akin;
  readonly update: Observable<UpdateOffer>;
}

/** The whole page, on top of the engine facade. */
export function App(props: AppProps) {
  return (
    <CrashScreen>
      <Page {...props} />
    </CrashScreen>
  );
}

function Page({ akin, update }: AppProps) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [asked, setAsked] = useState<{
    question: Question;
    answer: (agreed: boolean) => void;
  } | null>(null);

  const ui = useMemo<Ui>(() => {
    const navigation = new Navigation();
    const queryActions = new QueryActions(akin, showToast);
    return {
      akin,
      navigation,
      queries: new Queries(sessionStorage, (terms) => queryActions.remember(terms)),
      queryActions,
      showToast,
      actions: new Actions(akin, showToast, (id) => navigation.push({ view: 'photo', id })),
      thumbs: new ThumbCache({
        fetch: (ids) => akin.thumbs(ids),
        // Tiles of one render batch their requests without waiting for the next frame.
        schedule: queueMicrotask.bind(window),
      }),
      chips: new ThumbCache({
        fetch: (ids) => akin.faces.chips(ids),
        schedule: queueMicrotask.bind(window),
      }),
      people: new PeopleActions(akin, showToast),
      items: new ItemActions(akin, showToast),
      faces: new FacesWatch(akin),
      dropTaker: new Subject<DropTaker | null>(null),
      dragging: new Subject(false),
      openPanel: setPanel,
      ask: (question) =>
        new Promise((resolve) => {
          const answer = (agreed: boolean) => {
            setAsked(null);
            resolve(agreed);
          };
          setAsked({ question, answer });
        }),
      chooseFiles: () => files.current?.click(),
      chooseFolder: () => folder.current?.click(),
    };
  }, [akin]);

  useEffect(() => ui.navigation.start(), [ui]);
  useEffect(() => void loadAllChunks(), []);
  useEffect(() => ui.faces.start(), [ui]);
  useGlobalKeys(ui);
  useFacesNews(ui);
  useNews(akin, update, showToast);
  useDeleted(ui);
  const language = useLanguage();

  return (
    <UiContext value={ui}>
      <Tooltip.Provider delay={500}>
        <Toast.Provider toastManager={toastManager} limit={3}>
          {/* Text is read during render, so a language change remounts everything. */}
          <Fragment key={language}>
            <div className="app">
              <Nav />
              <div className="app-main">
                <StorageBanner />
                <FleetingBanner />
                <Screen />
              </div>
            </div>
            <ImportBar />
            <DropZone />
            <FileInputs
              files={files}
              folder={folder}
              accept={PICTURES}
              labels={{ files: t('import.chooseFiles'), folder: t('import.chooseFolder') }}
              testIds={{ files: 'file-input', folder: 'folder-input' }}
              onChoose={(chosen) => void ui.actions.importFiles(chosen)}
            />
            <Panels panel={panel} onClose={() => setPanel(null)} asked={asked} />
            <Toasts />
          </Fragment>
        </Toast.Provider>
      </Tooltip.Provider>
    </UiContext>
  );
}
