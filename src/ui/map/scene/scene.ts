import type { PhotoId, PhotoMap } from '../../../protocol/index.ts';
import type { ThumbCache } from '../../state/thumbs.ts';
import type { Camera, Look } from '../gl/camera.ts';
import { PALETTE_SIZE } from '../gl/program.ts';
import { Renderer, type Sizes } from '../gl/renderer.ts';
import { ThumbLoader } from '../gl/thumb-loader.ts';
import { Arrangement, type Placed } from '../pure/arrangement.ts';
import { rgbOf } from '../pure/colors.ts';
import { PointGrid } from '../pure/point-grid.ts';
import { boundsOf, type Insets, type Pixels, type Rect } from '../pure/view.ts';
import { Motion } from './motion.ts';
import { type Outline, Overlay, type OverlayColors, type Ring } from './overlay.ts';
import { sceneColors } from './scene-colors.ts';
import { isStill, Viewpoint } from './viewpoint.ts';

/** Uploads per frame, so that many thumbnails at once don't stop the motion. */
const UPLOADS = 10;
/** How far from a point it can be hit, in CSS pixels. */
const REACH = 9;
/** Space around thumbnails in view that are kept ready, in CSS pixels. */
const MARGIN = 240;

export interface SceneOptions {
  readonly canvas: HTMLCanvasElement;
  readonly overlay: HTMLCanvasElement;
  readonly thumbs: ThumbCache;
  readonly map: PhotoMap;
  /** (n × 2) where the photos come from, if they move to their places. */
  readonly from?: Float32Array | undefined;
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
  readonly viewpoint: Viewpoint;
  readonly #arrangement: Arrangement;
  readonly #watchers = new Set<() => void>();
  #renderer: Renderer | null = null;
  #colors: Uint8Array;
  #selected: Uint8Array;
  #look: Look;
  #overlayColors: OverlayColors;
  #palette: readonly string[] = [];
  #ratio = 1;
  /** Where the photos are now. */
  #positions: Float32Array;
  #motion: Motion | null;
  #placed: readonly Placed[] = [];
  #isStale = true;
  #frame = 0;
  #outline: Outline | null = null;
  #focus = -1;
  #hover = -1;

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
    this.#motion = options.from && !isStill() ? new Motion(options.from, map.positions) : null;
    this.#positions = this.#motion?.positions ?? map.positions;
    this.#gl = gl;
    this.#overlay = new Overlay(options.overlay);
    this.grid = new PointGrid(map.positions);
    this.#arrangement = new Arrangement(map, this.grid);
    this.viewpoint = new Viewpoint(boundsOf(map.positions), () => this.invalidate());
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
    this.#renderer = new Renderer(this.#gl, this.#positions);
    this.#renderer.setColors(this.#colors);
    this.#renderer.setSelected(this.#selected);
    this.refresh();
  }

  get map(): PhotoMap {
    return this.#options.map;
  }

  /** Shows a part of the map, at a zoom at which single photos are seen well if it is small. */
  show(rect: Rect): void {
    this.viewpoint.show(rect, this.#arrangement.closeScale);
  }

  /** Moves the view if a photo isn't well inside it. */
  reveal(index: number): void {
    const { positions } = this.map;
    this.viewpoint.reveal(positions[2 * index]!, positions[2 * index + 1]!);
  }

  /** @param ratio device pixels per CSS pixel */
  resize(size: Pixels, ratio: number, insets: Insets): void {
    this.viewpoint.resize(size, insets);
    this.#ratio = ratio;
    const { canvas } = this.#options;
    const [width, height] = [Math.round(size[0] * ratio), Math.round(size[1] * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
      this.#overlay.resize(size, ratio);
    }
    this.#arrangement.setFit(this.viewpoint.fit, size);
    // Resizing clears a canvas: draw before it is shown.
    this.#isStale = true;
    this.#draw(performance.now());
  }

  /** @param palette hexadecimal colors, `OTHERS` first */
  setColors(colors: Uint8Array, palette: readonly string[]): void {
    this.#colors = colors;
    this.#palette = palette;
    this.#renderer?.setColors(colors);
    this.#arrangement.prefer(colors);
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
    if (this.viewpoint.step(now)) this.invalidate();
    const renderer = this.#renderer;
    if (!renderer) return;
    if (this.#motion) {
      if (this.#motion.step(now)) this.invalidate();
      else this.#motion = null;
      this.#positions = this.#motion?.positions ?? this.map.positions;
      renderer.setPositions(this.#positions);
      this.#isStale = true;
    }
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
    return { view: this.viewpoint.view, size: this.viewpoint.size, ratio: this.#ratio };
  }

  #sizes(): Sizes {
    const { map } = this.#options;
    // Photos cover a good third of the map.
    const apart = this.viewpoint.view.scale * Math.sqrt(0.4 / map.ids.length);
    return {
      point: Math.min(11, Math.max(2.8, 0.5 * apart)),
      thumb: this.#arrangement.thumbSize(this.viewpoint.view.scale),
      mark: this.#arrangement.markSize,
      border: 2.5,
    };
  }

  #arrange(renderer: Renderer, time: number): void {
    const { view, size } = this.viewpoint;
    if (!this.#isStale && this.#arrangement.covers(view, size)) return;
    this.#isStale = false;
    const { map } = this.#options;
    this.#placed = this.#arrangement.arrange(view, size, MARGIN);
    const missing = renderer.setThumbs(
      this.#placed.map(({ index, mark }) => ({
        id: map.ids[index]!,
        x: this.#positions[2 * index]!,
        y: this.#positions[2 * index + 1]!,
        color: this.#colors[index]!,
        selected: this.#selected[index] === 1,
        mark,
      })),
      (this.#arrangement.hasThumbs ? this.#sizes().thumb : this.#arrangement.markSize) *
        this.#ratio,
      isStill() ? -1 : time,
    );
    this.#loader.want(missing);
  }

  /** Calls `hear` after each frame until the returned function is called. */
  watch(hear: () => void): () => void {
    this.#watchers.add(hear);
    return () => this.#watchers.delete(hear);
  }

  #canvasPlace(index: number): Pixels {
    const positions = this.#positions;
    return this.viewpoint.toCanvas(positions[2 * index]!, positions[2 * index + 1]!);
  }

  /** Where a photo is on the canvas, and the side of its thumbnail or point, in CSS pixels. */
  placeOf(index: number): Ring {
    const [x, y] = this.#canvasPlace(index);
    const placed = this.#placed.find((each) => each.index === index);
    const { point, thumb } = this.#sizes();
    const side = placed ? (placed.mark ? this.#arrangement.markSize : thumb) : point + 4;
    return { x, y, side, isRound: !placed };
  }

  #drawOverlay(withRings: boolean): void {
    const rings = withRings
      ? [...new Set([this.#hover, this.#focus])]
          .filter((index) => index >= 0)
          .map((index) => this.placeOf(index))
      : [];
    const half =
      (this.#arrangement.hasThumbs ? this.#sizes().thumb : this.#arrangement.markSize) / 2;
    const labels = this.#arrangement.labels().map(({ text, index }) => {
      const [x, y] = this.#canvasPlace(index);
      return { text, x, y: y + half + 4 };
    });
    this.#overlay.draw(this.#overlayColors, labels, rings, withRings ? this.#outline : null);
  }

  /** The photo at a place of the canvas; -1 if there is none. */
  pick(at: Pixels): number {
    const { thumb } = this.#sizes();
    for (const { index, mark } of this.#placed) {
      const half = (mark ? this.#arrangement.markSize : thumb) / 2;
      const [x, y] = this.#canvasPlace(index);
      if (Math.abs(x - at[0]) <= half && Math.abs(y - at[1]) <= half) return index;
    }
    const [x, y] = this.viewpoint.toMap(at);
    return this.grid.nearest(x, y, REACH / this.viewpoint.view.scale);
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
