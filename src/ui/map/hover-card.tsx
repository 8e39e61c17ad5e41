import { useLayoutEffect, useRef } from 'react';
import { ThumbImage } from '../parts/grid/tile.tsx';
import { cleanName } from '../pure/format.ts';
import { useThumb } from '../state/hooks/use-thumb.ts';
import type { Scene } from './scene/scene.ts';
import './hover-card.css';

/** Size of the card in CSS pixels, and its distance from the photo. */
const WIDTH = 168;
const HEIGHT = 200;
const GAP = 12;

interface HoverCardProps {
  scene: Scene;
  /** Index of the photo. */
  index: number;
}

/** A larger picture of the photo under the pointer or with the focus, beside it. */
export function HoverCard({ scene, index }: HoverCardProps) {
  const card = useRef<HTMLDivElement>(null);
  const id = scene.map.ids[index]!;
  const thumb = useThumb(id);
  useLayoutEffect(() => {
    const place = () => {
      const { x, y, side } = scene.placeOf(index);
      const [width, height] = scene.viewpoint.size;
      const right = x + side / 2 + GAP;
      const left = right + WIDTH > width ? x - side / 2 - GAP - WIDTH : right;
      const top = Math.min(height - HEIGHT - GAP, Math.max(GAP, y - HEIGHT / 2));
      card.current!.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    };
    place();
    return scene.watch(place);
  }, [scene, index]);
  return (
    <div className="hover-card" ref={card} aria-hidden="true" data-testid="hover-card">
      <span className="hover-picture">
        <ThumbImage id={id} alt="" />
      </span>
      <span className="one-line">{thumb ? cleanName(thumb.name) : ''}</span>
    </div>
  );
}
