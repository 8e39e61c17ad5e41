import { useCallback } from 'react';
import type { PhotoId, RegionBox } from '../../../protocol/index.ts';
import { shownAspect } from '../../pure/gallery/justify.ts';
import { boxInTile } from '../../pure/viewer/area.ts';
import { useLoad } from '../../state/hooks/use-load.ts';
import { useThumb } from '../../state/hooks/use-thumb.ts';
import { useUi } from '../../state/ui.ts';
import './region-figure.css';

/** Part of a photo's thumbnail, with marks at its corners. */
export function RegionFigure({ id, box }: { id: PhotoId; box: RegionBox }) {
  const { akin } = useUi();
  const thumb = useThumb(id);
  const { value } = useLoad(useCallback(() => akin.photo(id), [akin, id]));
  const aspect = value ? value.width / value.height : 1;
  const shown = shownAspect(aspect);
  const part = value && boxInTile(box, aspect, shown);
  return (
    <span className="region-figure">
      {thumb && part && (
        <img src={thumb.src} alt="" draggable={false} style={croppedTo(part, shown)} />
      )}
    </span>
  );
}

/** Fills a square with the middle of a part of an image. */
function croppedTo(part: RegionBox, aspect: number) {
  const side = Math.min(part.width * aspect, part.height);
  const [width, height] = [side / aspect, side];
  const x = part.x + (part.width - width) / 2;
  const y = part.y + (part.height - height) / 2;
  return {
    width: `${100 / width}%`,
    height: `${100 / height}%`,
    left: `${(-100 * x) / width}%`,
    top: `${(-100 * y) / height}%`,
  };
}
