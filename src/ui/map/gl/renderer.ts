import type { PhotoId } from '../../../protocol/index.ts';
import { Atlas, type Cell } from './atlas.ts';
import type { Camera, Look } from './camera.ts';
import { Points } from './points.ts';
import { FADE, MOST_QUADS, QUAD_FLOATS, Quads } from './quads.ts';

/** A photo drawn as a thumbnail. */
export interface ThumbOnMap {
  readonly id: PhotoId;
  readonly x: number;
  readonly y: number;
  /** Place in the palette. */
  readonly color: number;
  readonly selected: boolean;
  /** Whether it stands for a cluster among points. */
  readonly mark: boolean;
}

/** Sizes in CSS pixels. */
export interface Sizes {
  readonly point: number;
  readonly thumb: number;
  readonly mark: number;
  readonly border: number;
}

/** The contents of one WebGL context: everything that is lost with it. */
export class Renderer {
  readonly #gl: WebGL2RenderingContext;
  readonly #points: Points;
  readonly #quads: Quads;
  readonly #atlas: Atlas;
  readonly #data = new Float32Array(MOST_QUADS * QUAD_FLOATS);
  /** Time in seconds at which each thumbnail appeared. */
  #born = new Map<PhotoId, number>();
  #level = 0;
  #frame = 0;
  #lastBorn = -1;

  /** @param positions (n × 2) */
  constructor(gl: WebGL2RenderingContext, positions: Float32Array) {
    this.#gl = gl;
    this.#points = new Points(gl, positions);
    this.#quads = new Quads(gl);
    this.#atlas = new Atlas(gl);
    gl.disable(gl.DEPTH_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  }

  setPositions(positions: Float32Array): void {
    this.#points.setPositions(positions);
  }

  setColors(colors: Uint8Array): void {
    this.#points.setColors(colors);
  }

  setSelected(selected: Uint8Array): void {
    this.#points.setSelected(selected);
  }

  /**
   * Replaces the thumbnails.
   *
   * @param side in device pixels
   * @param time in seconds at which new ones appear
   * @returns the photos whose thumbnail has to be loaded
   */
  setThumbs(thumbs: readonly ThumbOnMap[], side: number, time: number): ReadonlySet<PhotoId> {
    const shown = thumbs.length > MOST_QUADS ? thumbs.slice(0, MOST_QUADS) : thumbs;
    const missing = new Set<PhotoId>();
    const born = new Map<PhotoId, number>();
    this.#frame += 1;
    this.#level = this.#atlas.levelFor(side, shown.length);
    let count = 0;
    for (const thumb of shown) {
      if (this.#atlas.lacks(thumb.id, this.#level)) missing.add(thumb.id);
      const cell = this.#atlas.find(thumb.id, this.#level, this.#frame);
      if (!cell) continue;
      const appeared = this.#born.get(thumb.id) ?? time;
      born.set(thumb.id, appeared);
      if (appeared > this.#lastBorn) this.#lastBorn = appeared;
      this.#write(count++, thumb, cell, appeared);
    }
    this.#born = born;
    this.#quads.set(this.#data, count);
    return missing;
  }

  #write(place: number, thumb: ThumbOnMap, { level, u, v, side }: Cell, born: number): void {
    const at = place * QUAD_FLOATS;
    const data = this.#data;
    data[at] = thumb.x;
    data[at + 1] = thumb.y;
    data[at + 2] = thumb.color;
    data[at + 3] = (thumb.selected ? 1 : 0) + (thumb.mark ? 2 : 0);
    data[at + 4] = u;
    data[at + 5] = v;
    data[at + 6] = side;
    data[at + 7] = level;
    data[at + 8] = born;
  }

  /** Keeps a thumbnail, to be drawn from the next `setThumbs` on. */
  keep(id: PhotoId, picture: HTMLImageElement): void {
    for (let level = this.#level; level >= 0; level--) {
      if (this.#atlas.put(id, picture, level, this.#frame)) return;
    }
  }

  /**
   * @param time in seconds
   * @returns whether a thumbnail is still appearing
   */
  draw(camera: Camera, look: Look, sizes: Sizes, time: number): boolean {
    const gl = this.#gl;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(...look.background, 1);
    gl.clear(gl.COLOR_BUFFER_BIT);
    this.#points.draw(camera, look, sizes.point);
    this.#quads.draw(camera, look, this.#atlas.textures, sizes, time);
    return time < this.#lastBorn + FADE;
  }

  dispose(): void {
    this.#points.dispose();
    this.#quads.dispose();
    this.#atlas.dispose();
  }
}
