import type { SyntheticEvent } from 'react';
import type { FaceKey } from '../../../protocol/index.ts';
import { useChip } from '../../state/hooks/use-chip.ts';
import './face-crop.css';

function fadeIn(event: SyntheticEvent<HTMLImageElement>) {
  event.currentTarget.dataset.shown = '';
}

interface CropProps {
  /** A soft tint until it is there. */
  src: string | undefined;
  /** Said of it; nothing where the words beside it say the same. */
  alt?: string;
  /** Sides in pixels. */
  size: number;
  round?: boolean;
}

/** A face, cut out and levelled. */
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

/** A face of the library. */
export function FaceCrop({ face, ...rest }: FaceCropProps) {
  return <Crop src={useChip(face)} {...rest} />;
}
