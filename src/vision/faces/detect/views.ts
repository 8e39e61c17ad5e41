import type { Box } from '../../../base/boxes.ts';
import { centreOf } from '../align/geometry.ts';
import type { Similarity } from '../align/similarity.ts';
import { aboutPoint, apply, invert, scaleOf } from '../align/similarity.ts';
import type { Detection } from './blazeface.ts';
import { DETECT_SIDE } from './blazeface.ts';

/** Side of a tile, as a share of the picture's long side. */
const TILE_SHARE = 0.6;

/** A box is cut off by a tile's edge if it comes this near, as a share of the tile's side. */
const EDGE_SHARE = 0.01;

/**
 * One detector view of a picture: the map from the picture's pixels to the net's input. Black
 * outside the picture.
 */
export interface View {
  readonly toInput: Similarity;
}

/** A magnified view of a part of the picture. */
export interface TileView extends View {
  /** The part, in the picture's pixels. */
  readonly tile: Box;
}

const middleOfInput = { x: DETECT_SIDE / 2, y: DETECT_SIDE / 2 };

/**
 * The whole picture, centred, with black bars.
 *
 * @param zoomOut reduction factor: 2 leaves a black border of half the input, so that a face that
 *   fills the frame is as small as those the detector was trained on
 * @param quarterTurns clockwise
 */
export function wholeView(width: number, height: number, zoomOut = 1, quarterTurns = 0): View {
  const scale = DETECT_SIDE / (zoomOut * Math.max(width, height));
  const middle = { x: width / 2, y: height / 2 };
  return { toInput: aboutPoint(middle, middleOfInput, scale, (quarterTurns * Math.PI) / 2) };
}

/** Where tiles begin along one side of the picture: centred if one suffices, else at both ends. */
const starts = (side: number, tileSide: number): number[] =>
  side <= tileSide ? [(side - tileSide) / 2] : [0, side - tileSide];

/**
 * At most four overlapping squares that cover the picture, each magnified more than the whole view.
 */
export function tileViews(width: number, height: number): TileView[] {
  const side = TILE_SHARE * Math.max(width, height);
  return starts(height, side).flatMap((y) =>
    starts(width, side).map((x) => {
      const tile = { x, y, width: side, height: side };
      return {
        tile,
        toInput: aboutPoint(centreOf(tile), middleOfInput, DETECT_SIDE / side, 0),
      };
    }),
  );
}

/**
 * Converts a detection to the picture's pixels. Views are rotated by quarter turns, so boxes stay
 * boxes.
 */
export function toPicture({ toInput }: View, { box, points, score }: Detection): Detection {
  const back = invert(toInput);
  const scale = scaleOf(back);
  const lies = Math.abs(back.b) > Math.abs(back.a);
  const width = scale * (lies ? box.height : box.width);
  const height = scale * (lies ? box.width : box.height);
  const { x, y } = apply(back, centreOf(box));
  return {
    score,
    box: { x: x - width / 2, y: y - height / 2, width, height },
    points: points.map((point) => apply(back, point)),
  };
}

/** Whether a tile's edge inside the picture cuts the box: the next tile shows that face whole. */
export function isCut(box: Box, tile: Box, width: number, height: number): boolean {
  const margin = EDGE_SHARE * tile.width;
  return (
    (tile.x > 0 && box.x < tile.x + margin) ||
    (tile.y > 0 && box.y < tile.y + margin) ||
    (tile.x + tile.width < width - 1 && box.x + box.width > tile.x + tile.width - margin) ||
    (tile.y + tile.height < height - 1 && box.y + box.height > tile.y + tile.height - margin)
  );
}
