import { type CSSProperties, useEffect, useRef } from 'react';
import type { LayerMaps, PhotoId } from '../../../../protocol/index.ts';
import { ThumbImage } from '../../../parts/grid/tile.tsx';
import { count } from '../../../pure/format.ts';
import { percent } from '../../../pure/settings/index-text.ts';
import { t } from '../../../text/t.ts';
import { FactsTable } from '../../frame/facts-table.tsx';
import { decimals } from '../../pure/decimals.ts';

type Layer = LayerMaps['layers'][number];
type Channel = Layer['maps'][number];

interface LayerProps {
  photo: PhotoId;
  seen: LayerMaps;
  layer: Layer;
}

/** Where a few channels of a layer respond, over the photo. */
export function LayerView({ photo, seen, layer }: LayerProps) {
  const { view } = seen;
  // The first layer is the finest, so its shape is nearly that of the picture.
  const finest = seen.layers[0]!;
  const shape = finest.width / view.width / (finest.height / view.height);
  const style = {
    '--shape': shape,
    '--left': `${100 * view.x}%`,
    '--top': `${100 * view.y}%`,
    '--width': `${100 * view.width}%`,
    '--height': `${100 * view.height}%`,
  } as CSSProperties;
  return (
    <div className="lab-layer" role="img" aria-label={label(layer)} style={style}>
      {layer.maps.map((map) => (
        <div key={map.channel} className="lab-channel">
          <div className="lab-channel-photo">
            <ThumbImage id={photo} alt="" />
            <Heat {...layer} map={map} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** One pixel per cell, blurred by scaling. */
function Heat({ height, width, map }: Layer & { map: Channel }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = new ImageData(width, height);
    map.weights.forEach((weight, cell) => {
      image.data.set([255, 96 + 110 * weight, 0, 235 * weight], 4 * cell);
    });
    context.putImageData(image, 0, 0);
  }, [height, width, map]);
  return <canvas ref={canvas} width={width} height={height} />;
}

export function LayerTable({ layer }: Pick<LayerProps, 'layer'>) {
  return (
    <FactsTable
      caption={label(layer)}
      columns={[
        t('lab.vectors.channel'),
        t('lab.vectors.spread'),
        t('lab.vectors.fromLeft'),
        t('lab.vectors.fromTop'),
      ]}
      rows={layer.maps.map(({ channel, spread, weights }) => {
        const cell = weights.indexOf(1);
        return [
          count(channel + 1),
          decimals(spread, 2),
          percent(((cell % layer.width) + 0.5) / layer.width),
          percent((Math.floor(cell / layer.width) + 0.5) / layer.height),
        ];
      })}
    />
  );
}

function label({ depth, channels, maps }: Layer): string {
  return t('lab.vectors.layer', {
    step: t(`lab.vectors.${depth}`),
    count: maps.length,
    total: channels,
  });
}
