import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { PhotoId, PhotoMap } from '../../../protocol/index.ts';
import { indexOfId } from '../../pure/gallery/ids.ts';
import { useColorScheme } from '../../state/hooks/use-color-scheme.ts';
import { useUi } from '../../state/ui.ts';
import { mapMemory } from '../memory.ts';
import type { Coloring } from '../pure/colors.ts';
import type { Insets } from '../pure/view.ts';
import { Scene } from './scene.ts';

/** Space that the bar, the tools and the legend need, in CSS pixels. */
const WIDE: Insets = { top: 88, right: 92, bottom: 48, left: 48 };
const NARROW: Insets = { top: 80, right: 66, bottom: 84, left: 36 };

interface SceneParts {
  readonly stage: RefObject<HTMLElement | null>;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly overlay: RefObject<HTMLCanvasElement | null>;
}

/** What the scene draws besides the map. */
interface Drawn {
  readonly coloring: Coloring | null;
  readonly palette: readonly string[];
  readonly selected: ReadonlySet<PhotoId>;
  readonly words: ReadonlyMap<number, string>;
}

/** The scene of a map, kept in size and up to date; `null` before the first render. */
export function useScene(
  { stage, canvas, overlay }: SceneParts,
  map: PhotoMap,
  { coloring, palette, selected, words }: Drawn,
): { readonly scene: Scene | null; readonly isMissing: boolean } {
  const { thumbs } = useUi();
  const scheme = useColorScheme();
  const [scene, setScene] = useState<Scene | null>(null);
  const [isMissing, setMissing] = useState(false);
  const shown = useRef<PhotoMap | null>(null);

  useLayoutEffect(() => {
    const made = Scene.create({
      canvas: canvas.current!,
      overlay: overlay.current!,
      thumbs,
      map,
      // Other places of the same layout.
      from: shown.current?.ids === map.ids ? shown.current.positions : undefined,
    });
    shown.current = map;
    setScene(made);
    setMissing(made === null);
    if (!made) return;
    const element = stage.current!;
    const { viewpoint } = made;
    let wide = innerWidth;
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element;
      if (width === 0 || height === 0) return;
      // The map fits into another window as it did before, but stays in place for the drawer.
      const fits = wide !== innerWidth && viewpoint.view.scale === viewpoint.fit;
      wide = innerWidth;
      made.resize([width, height], devicePixelRatio, width < 600 ? NARROW : WIDE);
      if (fits) viewpoint.setView(viewpoint.fitView);
    };
    measure();
    const { view, laidOutAt } = mapMemory;
    viewpoint.setView(view && laidOutAt === map.laidOutAt ? view : viewpoint.fitView);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      observer.disconnect();
      mapMemory.view = viewpoint.view;
      mapMemory.laidOutAt = map.laidOutAt;
      made.dispose();
    };
  }, [map, thumbs, canvas, overlay, stage]);

  useEffect(() => {
    if (coloring && coloring.colors.length === scene?.map.ids.length) {
      scene.setColors(coloring.colors, palette);
    }
  }, [scene, coloring, palette]);
  useEffect(() => {
    if (!scene) return;
    const flags = new Uint8Array(scene.map.ids.length);
    for (const id of selected) {
      const index = indexOfId(scene.map.ids, id);
      if (index >= 0) flags[index] = 1;
    }
    scene.setSelected(flags);
  }, [scene, selected]);
  useEffect(() => scene?.setWords(words), [scene, words]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another scheme has other colors
  useEffect(() => scene?.refresh(), [scene, scheme]);
  return { scene, isMissing };
}
