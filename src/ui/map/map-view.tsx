import {
  type KeyboardEvent,
  type Ref,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { GallerySnapshot } from '../../engine/index.ts';
import type { PhotoId, PhotoMap } from '../../protocol/index.ts';
import { indexOfId } from '../pure/gallery/ids.ts';
import { keyName } from '../pure/key-names.ts';
import { useCtrlKey, useKeys } from '../state/hooks/keys/use-keys.ts';
import { useColorScheme } from '../state/hooks/use-color-scheme.ts';
import { useLatest } from '../state/hooks/use-latest.ts';
import { startRun } from '../state/photo-run.ts';
import { savePicture } from '../state/save-file.ts';
import type { Selection } from '../state/selection.ts';
import { useUi } from '../state/ui.ts';
import { t } from '../text/t.ts';
import { Announcement } from './announcement.tsx';
import { ClusterTable } from './clusters/cluster-table.tsx';
import { useClusterWords } from './clusters/use-cluster-words.ts';
import { ColorByPanel } from './coloring/color-by.tsx';
import { useColorBy } from './coloring/use-color-by.ts';
import { type Answered, useColoring } from './coloring/use-coloring.ts';
import { HoverCard } from './hover-card.tsx';
import { MapTools } from './map-tools.tsx';
import { mapMemory } from './memory.ts';
import { paletteOf } from './pure/colors.ts';
import { boundsOf } from './pure/view.ts';
import { type Direction, walk } from './pure/walk.ts';
import { Gestures, type SelectMode } from './scene/gestures.ts';
import { useScene } from './scene/use-scene.ts';

/** What the rest of the screen asks of the map. */
export interface MapViewHandle {
  /** Saves what is seen as PNG. */
  readonly save: () => void;
  readonly showSelection: () => void;
}

interface MapViewProps {
  ref: Ref<MapViewHandle>;
  map: PhotoMap;
  gallery: GallerySnapshot;
  selection: Selection;
  /** Key of the query whose answer is colored. */
  query: string | undefined;
  answer: Answered | null;
  /** One photo was dragged to another. */
  onJoin: (a: PhotoId, b: PhotoId) => void;
  /** Whether the clusters are listed. */
  lists: boolean;
  onLists: (lists: boolean) => void;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** The map with all that is used on it. */
export function MapView(props: MapViewProps) {
  const { ref, map, gallery, selection, query, answer, onJoin, lists, onLists } = props;
  const { navigation, showToast } = useUi();
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const gestures = useRef<Gestures | null>(null);
  const scheme = useColorScheme();
  const words = useClusterWords(map);
  const { by, choices, choose } = useColorBy(map, query !== undefined);
  const loaded = useColoring(map, by, gallery, words, answer);
  const [coloring, setColoring] = useState(loaded.value);
  if (loaded.value && loaded.value !== coloring) setColoring(loaded.value);
  const palette = useMemo(
    () => paletteOf(scheme, coloring?.ordered === true, coloring?.entries.length),
    [scheme, coloring],
  );
  const drawn = { coloring, palette, selected: selection.ids, words };
  const { scene, isMissing } = useScene({ stage, canvas, overlay }, map, drawn);
  const [tool, setTool] = useState(mapMemory.tool);
  const [hover, setHover] = useState(-1);
  const [focusId, setFocusId] = useState(mapMemory.focus);
  const focus = focusId === null ? -1 : indexOfId(map.ids, focusId);
  const [focused, setFocused] = useState(false);
  /** The photo that the keyboard brings to another one; -1 for none. */
  const joining = useRef(-1);

  const open = (index: number) => {
    startRun(map.ids);
    navigation.push({ view: 'photo', id: map.ids[index]! });
  };
  const focusOn = (index: number) => {
    mapMemory.focus = map.ids[index] ?? null;
    setFocusId(mapMemory.focus);
  };
  const select = (indexes: readonly number[], mode: SelectMode) => {
    const ids = new Set(mode === 'replace' ? [] : selection.ids);
    for (const index of indexes) {
      if (mode === 'remove') ids.delete(map.ids[index]!);
      else ids.add(map.ids[index]!);
    }
    selection.replace(ids);
  };
  const show = (indexes: readonly number[]) => scene?.show(boundsOf(map.positions, indexes));
  const membersOf = (cluster: number) =>
    [...map.clusters.keys()].filter((i) => map.clusters[i] === cluster);
  const latest = useLatest({
    onTap: (index: number, toggles: boolean) => {
      if (index < 0) {
        // Beside all photos, a tap of a selecting tool takes back what it selected.
        if (tool !== 'pan' && !toggles) selection.clear();
        return;
      }
      focusOn(index);
      if (toggles || tool !== 'pan') selection.toggle(map.ids[index]!);
      else open(index);
    },
    select,
    join: (from: number, to: number) => {
      if (from >= 0 && to >= 0 && from !== to) onJoin(map.ids[from]!, map.ids[to]!);
      else showToast({ text: t('map.joinHint') });
    },
  });
  useEffect(() => {
    if (!scene) return;
    const made = new Gestures(stage.current!, scene, {
      onTap: (at, toggles) => latest.current.onTap(scene.pick(at), toggles),
      onHover: (at) => setHover(at ? scene.pick(at) : -1),
      onOutline: (outline, mode) => {
        const polygon: number[] = [];
        for (let i = 0; i + 1 < outline.length; i += 2) {
          polygon.push(...scene.viewpoint.toMap([outline[i]!, outline[i + 1]!]));
        }
        latest.current.select(scene.grid.inLasso(polygon), mode);
      },
      onJoin: (from, to) => latest.current.join(scene.pick(from), scene.pick(to)),
    });
    gestures.current = made;
    return () => {
      made.dispose();
      setHover(-1);
    };
  }, [scene, latest]);
  useEffect(() => {
    if (gestures.current && scene) gestures.current.tool = tool;
    mapMemory.tool = tool;
  }, [tool, scene]);
  const ring = focused ? focus : -1;
  useEffect(() => scene?.setMarked(ring, hover), [scene, ring, hover]);
  // On return from a photo, where it was left.
  useEffect(() => {
    if (mapMemory.hadFocus) stage.current?.focus({ preventScroll: true });
    return () => {
      mapMemory.hadFocus = document.activeElement === document.body;
    };
  }, []);
  useCtrlKey('a', selection.all);
  useKeys((key) => {
    if (key === 'Escape') {
      if (gestures.current?.cancel()) return true;
      if (selection.ids.size === 0) return false;
      selection.clear();
    } else if (key === '+' || key === '=') scene?.viewpoint.zoomStep(2);
    else if (key === '-') scene?.viewpoint.zoomStep(0.5);
    else if (key === '0') scene?.viewpoint.flyTo(scene.viewpoint.fitView);
    else return false;
    return true;
  });
  useImperativeHandle(ref, () => ({
    save: () => void save(),
    showSelection: () =>
      show([...selection.ids].map((id) => indexOfId(map.ids, id)).filter((i) => i >= 0)),
  }));

  const save = async () => {
    const picture = (await scene?.png()) ?? null;
    if (picture) savePicture(picture, `${t('common.appName')}.png`);
    else showToast({ text: t('map.saveFailed'), urgent: true });
  };

  /** The first photo of a pair, by keyboard, then the second. */
  const joinFrom = (index: number) => {
    if (joining.current < 0) {
      joining.current = index;
      showToast({ text: t('map.joinNext') });
      return;
    }
    latest.current.join(joining.current, index);
    joining.current = -1;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== stage.current || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyName(event);
    const direction = DIRECTIONS[key];
    // A click may have brought the focus here, without a ring.
    setFocused(true);
    if (direction) {
      const next = focus < 0 ? firstIn(map, scene) : walk(map.positions, focus, direction);
      if (next >= 0) {
        focusOn(next);
        scene?.reveal(next);
      }
    } else if (key === 'Enter' && focus >= 0) open(focus);
    else if ((key === ' ' || key === 'x') && focus >= 0) selection.toggle(map.ids[focus]!);
    else if (key === 'j' && focus >= 0) joinFrom(focus);
    else return;
    event.preventDefault();
  };

  if (isMissing) {
    return (
      <div className="map-without">
        <p role="alert">{t('map.noGraphics')}</p>
        <ClusterTable
          clusters={map.clusterList}
          words={words}
          onSelect={(cluster) => select(membersOf(cluster), 'replace')}
        />
      </div>
    );
  }
  const carded = hover >= 0 ? hover : ring;
  return (
    <>
      <div
        ref={stage}
        className="map-stage"
        role="application"
        aria-label={t('map.label', { count: map.ids.length })}
        aria-describedby="map-keys"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: an application takes keys
        tabIndex={0}
        data-tool={tool}
        data-hit={hover >= 0 || undefined}
        data-testid="map"
        onKeyDown={onKeyDown}
        onFocus={({ currentTarget }) => {
          if (!currentTarget.matches(':focus-visible')) return;
          setFocused(true);
          if (focus < 0) focusOn(firstIn(map, scene));
        }}
        onBlur={() => setFocused(false)}
      >
        <canvas ref={canvas} className="map-canvas" />
        <canvas ref={overlay} className="map-overlay" />
        {scene && carded >= 0 && <HoverCard scene={scene} index={carded} />}
      </div>
      <p id="map-keys" className="visually-hidden">
        {t('map.keys')}
      </p>
      <Announcement map={map} index={ring} words={words} selected={selection.ids} />
      <MapTools
        tool={tool}
        onTool={setTool}
        onZoom={(factor) => scene?.viewpoint.zoomStep(factor)}
        onFit={() => scene?.viewpoint.flyTo(scene.viewpoint.fitView)}
      />
      <ColorByPanel
        value={by}
        choices={choices}
        onValue={choose}
        coloring={coloring}
        palette={palette}
        onSelect={(color) =>
          select(
            [...map.ids.keys()].filter((i) => coloring?.colors[i] === color),
            'replace',
          )
        }
      />
      {lists && (
        <ClusterTable
          clusters={map.clusterList}
          words={words}
          onShow={(cluster) => show(membersOf(cluster))}
          onSelect={(cluster) => select(membersOf(cluster), 'replace')}
          onClose={() => onLists(false)}
        />
      )}
    </>
  );
}

/** The photo nearest to the middle of the view. */
function firstIn(map: PhotoMap, scene: ReturnType<typeof useScene>['scene']): number {
  if (!scene) return map.ids.length > 0 ? 0 : -1;
  return scene.grid.nearest(scene.viewpoint.view.x, scene.viewpoint.view.y, 2);
}
