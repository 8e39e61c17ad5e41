import type { PhotoId, PhotoMap } from '../../protocol/index.ts';
import type { ThumbCache } from '../state/thumbs.ts';
import type { Camera, Look } from './gl/camera.ts';
import { PALETTE_SIZE } from './gl/program.ts';
import { Renderer, type Sizes } from './gl/renderer.ts';
import { ThumbLoader } from './gl/thumb-loader.ts';
import { type Outline, Overlay, type OverlayColors, type Ring } from './overlay.ts';
import { Arrangement, MARK, type Placed } from './pure/arrangement.ts';
import { rgbOf } from './pure/colors.ts';
import { PointGrid } from './pure/point-grid.ts';
import {
  between,
  boundsOf,
  fitted,
  type Insets,
  kept,
  type Pixels,
  panned,
  type Rect,
  toCanvas,
  toMap,
  type View,
} from './pure/view.ts';
import { sceneColors } from './scene-colors.ts';

/** Uploads per frame, so that many thumbnails at once don't stop the motion. */
const UPLOADS = 10;
const FLIGHT_MS = 320;
/** How far from a point it can be hit, in CSS pixels. */
const REACH = 9;
/** How far inside the view a photo is brought, in CSS pixels. */
const EDGE = 60;
/** Space around thumbnails in view that are kept ready, in CSS pixels. */
const MARGIN = 240;

export interface SceneOptions {
  readonly canvas: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
  readonly thumbs: ThumbCache;
  readonly map: PhotoMap;
}

/** The map as it is drawn: photos, what is selected, the view, and the frames. */
export class Scene {
  readonly #options: SceneOptions;
  readonly #gl: WebGL2RenderingContext;
  readonly #overlay: Overlay;
  readonly #loader: ThumbLoader;
  readonly #arrivals: [PhotoId, HTMLImageElement][] = [];
  readonly #ended = new AbortController();
  readonly grid: PointGrid;
  readonly #arrangement: Arrangement;
  readonly #bounds: Rect;
  readonly #watchers = new Set<() => void>();
  #renderer: Renderer | null = null;
  #colors: Uint8Array;
  #selected: Uint8Array;
  #look: Look;
  #overlayColors: OverlayColors;
  #palette: readonly string[] = [];
  #size: Pixels = [1, 1];
  #ratio = 1;
  #insets: Insets = { top: 0, right: 0, bottom: 0, left: 0 };
  #view: View = { x: 0.5, y: 0.5, scale: 1 };
  #placed: readonly Placed[] = [];
  #isStale = true;
  #frame = 0;
  #outline: Outline | null = null;
  #focus = -1;
  #hover = -1;
  #flight: { from: View; to: View; start: number } | null = null;

  /** `null` without WebGL 2, or if its driver fails. */
  static create(options: SceneOptions): Scene | null {
    const gl = options.canvas.getContext('webgl2', {
      alpha: false,
      antialias: false,
      depth: false,
      powerPreference: 'high-performance',
    });
    try {
      return gl && new Scene(options, gl);
    } catch {
      return null;
    }
  }

  private constructor(options: SceneOptions, gl: WebGL2RenderingContext) {
    const { map, canvas } = options;
    this.#options = options;
    this.#gl = gl;
    this.#overlay = new Overlay(options.overlay);
    this.grid = new PointGrid(map.positions);
    this.#arrangement = new Arrangement(map, this.grid);
    this.#bounds = boundsOf(map.positions);
    this.#colors = new Uint8Array(map.ids.length);
    this.#selected = new Uint8Array(map.ids.length);
    [this.#look, this.#overlayColors] = sceneColors(options.overlay);
    this.#loader = new ThumbLoader(options.thumbs, (id, picture) => {
      this.#arrivals.push([id, picture]);
      this.invalidate();
    });
    const { signal } = this.#ended;
    canvas.addEventListener(
      'webglcontextlost',
      (event) => {
        // Otherwise the browser doesn't restore it.
        event.preventDefault();
        this.#renderer = null;
      },
      { signal },
    );
    canvas.addEventListener('webglcontextrestored', () => this.#start(), { signal });
    if (!gl.isContextLost()) this.#start();
  }

  #start(): void {
    this.#renderer = new Renderer(this.#gl, this.#options.map.positions);
    this.#renderer.setColors(this.#colors);
    this.#renderer.setSelected(this.#selected);
    this.refresh();
  }

  get map(): PhotoMap {
    return this.#options.map;
  }

  get view(): View {
    return this.#view;
  }

  get size(): Pixels {
    return this.#size;
  }

  /** The scale that shows the whole map. */
  get fit(): number {
    return this.fitView.scale;
  }

  get fitView(): View {
    return fitted(this.#bounds, this.#size, this.#insets);
  }

  setView(view: View): void {
    this.#flight = null;
    this.#view = kept(view, this.#bounds);
    this.invalidate();
  }

  /** Moves to a view within a moment, or at once with reduced motion. */
  flyTo(view: View): void {
    if (isStill()) {
      this.setView(view);
      return;
    }
    this.#flight = { from: this.#view, to: kept(view, this.#bounds), start: performance.now() };
    this.invalidate();
  }

  /** Shows a part of the map, if `rect` is a single point at a zoom at which photos are seen. */
  show(rect: Rect): void {
    const view = fitted(rect, this.#size, this.#insets);
    this.flyTo({ ...view, scale: Math.min(view.scale, this.#arrangement.closeScale) });
  }

  /** @param ratio device pixels per CSS pixel */
  resize(size: Pixels, ratio: number, insets: Insets): void {
    // The left top corner stays where it is, since that is where the canvas stays.
    const [dx, dy] = [(size[0] - this.#size[0]) / 2, (size[1] - this.#size[1]) / 2];
    this.#view = panned(this.#view, -dx, -dy);
    if (this.#flight) this.#flight = { ...this.#flight, to: panned(this.#flight.to, -dx, -dy) };
    this.#size = size;
    this.#ratio = ratio;
    this.#insets = insets;
    const { canvas } = this.#options;
    const [width, height] = [Math.round(size[0] * ratio), Math.round(size[1] * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      this.#overlay.resize(size, ratio);
    }
    this.#arrangement.setFit(this.fit);
    // Resizing clears a canvas: draw before it is shown.
    this.#isStale = true;
    this.#draw(performance.now());
  }

  /** @param palette hexadecimal colors, `OTHERS` first */
  setColors(colors: Uint8Array, palette: readonly string[]): void {
    this.#colors = colors;
    this.#palette = palette;
    this.#renderer?.setColors(colors);
    this.refresh();
  }

  /** @param selected (n) 1 for selected photos */
  setSelected(selected: Uint8Array): void {
    this.#selected = selected;
    this.#renderer?.setSelected(selected);
    this.refresh();
  }

  setWords(words: ReadonlyMap<number, string>): void {
    this.#arrangement.setWords(words, (text) => this.#overlay.measure(text).width);
    this.refresh();
  }

  setOutline(outline: Outline | null): void {
    this.#outline = outline;
    this.invalidate();
  }

  /** Marks the photos that have the keyboard's focus and are under the pointer; -1 for none. */
  setMarked(focus: number, hover: number): void {
    if (focus === this.#focus && hover === this.#hover) return;
    this.#focus = focus;
    this.#hover = hover;
    this.invalidate();
  }

  /** Reads the colors of the theme again. */
  refresh(): void {
    [this.#look, this.#overlayColors] = sceneColors(this.#options.overlay);
    const palette = new Float32Array(3 * PALETTE_SIZE);
    for (const [i, color] of this.#palette.entries()) palette.set(rgbOf(color), 3 * i);
    this.#look = { ...this.#look, palette, selecting: this.#selected.includes(1) };
    this.#isStale = true;
    this.invalidate();
  }

  invalidate(): void {
    if (this.#frame !== 0 || this.#ended.signal.aborted) return;
    this.#frame = requestAnimationFrame((now) => {
      this.#frame = 0;
      this.#draw(now);
    });
  }

  #draw(now: number): void {
    const flight = this.#flight;
    if (flight) {
      const share = Math.min(1, (now - flight.start) / FLIGHT_MS);
      this.#view = between(flight.from, flight.to, 1 - (1 - Math.max(0, share)) ** 3);
      if (share === 1) this.#flight = null;
      this.invalidate();
    }
    const renderer = this.#renderer;
    if (!renderer) return;
    for (const [id, picture] of this.#arrivals.splice(0, UPLOADS)) {
      renderer.keep(id, picture);
      this.#isStale = true;
    }
    if (this.#arrivals.length > 0) this.invalidate();
    this.#arrange(renderer, now / 1000);
    const fades = renderer.draw(this.#camera(), this.#look, this.#sizes(), now / 1000);
    if (fades) this.invalidate();
    this.#drawOverlay(true);
    for (const hear of this.#watchers) hear();
  }

  #camera(): Camera {
    return { view: this.#view, size: this.#size, ratio: this.#ratio };
  }

  #sizes(): Sizes {
    const { map } = this.#options;
    // Photos cover a good third of the map.
    const apart = this.#view.scale * Math.sqrt(0.4 / map.ids.length);
    return {
      point: Math.min(11, Math.max(2.8, 0.5 * apart)),
      thumb: this.#arrangement.thumbSize(this.#view.scale),
      mark: MARK,
      border: 2.5,
    };
  }

  #arrange(renderer: Renderer, time: number): void {
    if (!this.#isStale && this.#arrangement.covers(this.#view, this.#size)) return;
    this.#isStale = false;
    const { map } = this.#options;
    this.#placed = this.#arrangement.arrange(this.#view, this.#size, MARGIN);
    const missing = renderer.setThumbs(
      this.#placed.map(({ index, mark }) => ({
        id: map.ids[index]!,
        x: map.positions[2 * index]!,
        y: map.positions[2 * index + 1]!,
        color: this.#colors[index]!,
        selected: this.#selected[index] === 1,
        mark,
      })),
      (this.#arrangement.hasThumbs ? this.#sizes().thumb : MARK) * this.#ratio,
      isStill() ? -1 : time,
    );
    this.#loader.want(missing);
  }

  /** Calls `hear` after each frame until the returned function is called. */
  watch(hear: () => void): () => void {
    this.#watchers.add(hear);
    return () => this.#watchers.delete(hear);
  }

  /** Moves the view if a photo isn't well inside it. */
  reveal(index: number): void {
    const { x, y } = this.placeOf(index);
    const [width, height] = this.#size;
    const { top, right, bottom, left } = this.#insets;
    const beyond = (at: number, from: number, to: number) =>
      at < from ? from - at : at > to ? to - at : 0;
    const dx = beyond(x, left + EDGE, width - right - EDGE);
    const dy = beyond(y, top + EDGE, height - bottom - EDGE);
    if (dx !== 0 || dy !== 0) this.flyTo(panned(this.#flight?.to ?? this.#view, dx, dy));
  }

  /** Where a photo is on the canvas, and the side of its thumbnail or point, in CSS pixels. */
  placeOf(index: number): Ring {
    const { positions } = this.#options.map;
    const [x, y] = toCanvas(
      this.#view,
      this.#size,
      positions[2 * index]!,
      positions[2 * index + 1]!,
    );
    const placed = this.#placed.find((each) => each.index === index);
    const { point, thumb } = this.#sizes();
    const side = placed ? (placed.mark ? MARK : thumb) : point + 4;
    return { x, y, side, isRound: !placed };
  }

  #drawOverlay(withRings: boolean): void {
    const rings = withRings
      ? [...new Set([this.#hover, this.#focus])]
          .filter((index) => index >= 0)
          .map((index) => this.placeOf(index))
      : [];
    const { positions } = this.#options.map;
    const half = (this.#arrangement.hasThumbs ? this.#sizes().thumb : MARK) / 2;
    const labels = this.#arrangement.labels().map(({ text, index }) => {
      const [x, y] = toCanvas(
        this.#view,
        this.#size,
        positions[2 * index]!,
        positions[2 * index + 1]!,
      );
      return { text, x, y: y + half + 4 };
    });
    this.#overlay.draw(this.#overlayColors, labels, rings, withRings ? this.#outline : null);
  }

  /** The photo at a place of the canvas; -1 if there is none. */
  pick(at: Pixels): number {
    const { positions } = this.#options.map;
    const { thumb } = this.#sizes();
    for (const { index, mark } of this.#placed) {
      const half = (mark ? MARK : thumb) / 2;
      const [x, y] = toCanvas(
        this.#view,
        this.#size,
        positions[2 * index]!,
        positions[2 * index + 1]!,
      );
      if (Math.abs(x - at[0]) <= half && Math.abs(y - at[1]) <= half) return index;
    }
    const [x, y] = toMap(this.#view, this.#size, at);
    return this.grid.nearest(x, y, REACH / this.#view.scale);
  }

  /** What is seen, without the marks of focus and pointer, as PNG at device resolution. */
  async png(): Promise<Blob | null> {
    this.#draw(performance.now());
    this.#drawOverlay(false);
    const { canvas } = this.#options;
    const picture = document.createElement('canvas');
    picture.width = canvas.width;
    picture.height = canvas.height;
    const brush = picture.getContext('2d');
    // In the same task as it was drawn: the browser may clear the drawing buffer afterwards.
    brush?.drawImage(canvas, 0, 0);
    brush?.drawImage(this.#overlay.canvas, 0, 0);
    this.invalidate();
    return new Promise((resolve) => picture.toBlob(resolve, 'image/png'));
  }

  dispose(): void {
    this.#ended.abort();
    cancelAnimationFrame(this.#frame);
    this.#loader.want(new Set());
    this.#renderer?.dispose();
  }
}

/** Whether the user asked for reduced motion. */
export function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
