import type { Box } from '../base/boxes.ts';
import { dot } from './cosines.ts';
import { contributions, type FeatureMap, featuresIn, partVector } from './nets/contributions.ts';
import type { Projection } from './nets/projection.ts';
import type { Explained, HeatMap } from './types.ts';

// Free of TF.js: see `nets/projection.ts`.

/** A picture as the nets of a model see it. */
export interface SeenPicture {
  /** The part of the picture that the nets saw, in fractions of it. */
  readonly view: Box;
  /** One per net. */
  readonly maps: readonly FeatureMap[];
}

/**
 * Which cells of two pictures make them similar: of the example to whose vector the result's is
 * closest.
 *
 * @param examples at least one
 * @param box the part of the result that matches, in fractions of it; `null` for the whole
 * @param projections one per net
 */
export function explain(
  examples: readonly SeenPicture[],
  result: SeenPicture,
  box: Box | null,
  projections: readonly (Projection | null)[],
): Explained {
  const within = box && inView(box, result.view);
  const found = result.maps.map((map, p) =>
    partVector(within ? featuresIn(map, within) : map.features, projections[p]!),
  );
  const vectors = examples.map(({ maps }) =>
    maps.map(({ features }, p) => partVector(features, projections[p]!)),
  );
  const cosines = vectors.map((parts) => meanOf(parts.map((vector, p) => dot(vector, found[p]!))));
  const example = cosines.indexOf(Math.max(...cosines));
  return {
    example,
    cosine: cosines[example]!,
    query: heatOf(examples[example]!, found, projections),
    result: heatOf(result, vectors[example]!, projections),
  };
}

/** The contributions of a picture's cells, averaged over all nets. */
function heatOf(
  { view, maps }: SeenPicture,
  others: readonly Float32Array[],
  projections: readonly (Projection | null)[],
): HeatMap {
  const finest = maps.reduce((a, b) => (b.cells.length > a.cells.length ? b : a));
  const { height, width } = finest;
  const weights = new Float32Array(height * width);
  for (const [p, map] of maps.entries()) {
    const grid = contributions(map, projections[p]!, others[p]!);
    addResampled(weights, height, width, grid, map, 1 / maps.length);
  }
  return { height, width, view, weights };
}

/** Adds a grid of any size to another one, interpolated linearly, times a factor. */
function addResampled(
  to: Float32Array,
  height: number,
  width: number,
  grid: Float32Array,
  from: Pick<FeatureMap, 'height' | 'width'>,
  factor: number,
): void {
  const across = Array.from({ length: width }, (_, x) => between(x, width, from.width));
  for (let y = 0; y < height; y++) {
    const [above, below, down] = between(y, height, from.height);
    for (let x = 0; x < width; x++) {
      const [left, right, part] = across[x]!;
      const mix = (row: number) =>
        (1 - part) * grid[row * from.width + left]! + part * grid[row * from.width + right]!;
      to[y * width + x]! += factor * ((1 - down) * mix(above) + down * mix(below));
    }
  }
}

/** The two cells beside the center of a cell of another grid, and the share of the second one. */
function between(at: number, of: number, cells: number): readonly [number, number, number] {
  const place = Math.min(cells - 1, Math.max(0, ((at + 0.5) * cells) / of - 0.5));
  const first = Math.floor(place);
  return [first, Math.min(cells - 1, first + 1), place - first];
}

/** A box of the picture in fractions of what the nets saw of it. */
function inView(box: Box, view: Box): Box {
  return {
    x: (box.x - view.x) / view.width,
    y: (box.y - view.y) / view.height,
    width: box.width / view.width,
    height: box.height / view.height,
  };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
