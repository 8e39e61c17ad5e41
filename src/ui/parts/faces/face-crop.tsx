import type { SyntheticEvent } from 'react';
import type { FaceKey } from '../../../protocol/index.ts';
import { useChip } from '../../state/hooks/query/use-chip.ts';
import './face-crop.css';

function fadeIn(event: SyntheticEvent<HTMLImageElement>) {
  event.currentTarget.dataset.shown = '';
}

interface CropProps {
  /** A soft tint until it is set. */
  src: string | undefined;
  /** Text alternative; empty where adjacent text says the same. */
  alt?: string;
  /** Side length in pixels. */
  size: number;
  round?: boolean;
}

/** An aligned face crop. */
export function Crop({ src, alt = '', size, round = false }: CropProps) {
  return (
    <span className="crop" data-round={round || undefined} style={{ width: size, height: size }}>
      {src !== undefined && (
        <img
          className="thumb"
          src={src}
          alt={alt}
          decoding="async"
          draggable={false}
          onLoad={fadeIn}
        />
      )}
    </span>
  );
}

interface FaceCropProps extends Omit<CropProps, 'src'> {
  face: FaceKey;
}

/** The crop of a face in the library. */
export function FaceCrop({ face, ...rest }: FaceCropProps) {
  return <Crop src={useChip(face)} {...rest} />;
}
