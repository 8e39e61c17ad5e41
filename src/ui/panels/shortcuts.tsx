import { t } from '../text/t.ts';
import { type PanelProps, PanelShell } from './panel.tsx';
import './shortcuts.css';

type Key = keyof typeof KEYS;

/** Keys of each shortcut. Their names depend on the language. */
const KEYS = {
  paste: 'pasteKeys',
  undo: 'undoKeys',
  messages: 'messagesKeys',
  list: 'listKeys',
  grid: 'gridKeys',
  screen: 'screenKeys',
  ends: 'endsKeys',
  search: 'searchKeys',
  open: 'openKeys',
  select: 'selectKeys',
  selectMore: 'selectMoreKeys',
  selectAll: 'selectAllKeys',
  delete: 'deleteKeys',
  clear: 'clearKeys',
  next: 'nextKeys',
  similar: 'similarKeys',
  similarGrid: 'gridKeys',
  similarOpen: 'openKeys',
  zoom: 'zoomKeys',
  area: 'areaKeys',
  why: 'whyKeys',
  faces: 'facesKeys',
  back: 'clearKeys',
  walk: 'gridKeys',
  mapZoom: 'mapZoomKeys',
  same: 'sameKeys',
  different: 'differentKeys',
  skip: 'skipKeys',
  selectFace: 'selectKeys',
  clearBack: 'clearKeys',
} as const;

const SHORTCUTS = {
  everywhere: ['paste', 'undo', 'messages', 'list'],
  photos: [
    'grid',
    'screen',
    'ends',
    'search',
    'open',
    'select',
    'selectMore',
    'selectAll',
    'delete',
    'clear',
  ],
  photo: [
    'next',
    'zoom',
    'similar',
    'similarGrid',
    'similarOpen',
    'area',
    'why',
    'faces',
    'delete',
    'back',
  ],
  map: ['walk', 'open', 'select', 'selectAll', 'mapZoom', 'search', 'clear'],
  people: ['same', 'different', 'skip', 'selectFace', 'clearBack'],
} as const satisfies Record<string, readonly Key[]>;

const PLACES = Object.keys(SHORTCUTS) as (keyof typeof SHORTCUTS)[];

export default function Shortcuts({ onClose, children }: PanelProps) {
  return (
    <PanelShell title={t('shortcuts.title')} onClose={onClose} question={children} textOnly>
      {PLACES.map((place) => (
        <section key={place} className="shortcuts">
          <h3>{t(`shortcuts.${place}`)}</h3>
          <dl>
            {SHORTCUTS[place].map((does) => (
              <div key={does}>
                <dt>
                  <kbd>{t(`shortcuts.${KEYS[does]}`)}</kbd>
                </dt>
                <dd>{t(`shortcuts.${does}`)}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </PanelShell>
  );
}
