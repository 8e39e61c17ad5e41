import { Slots } from '../pure/slots.ts';

/** Cell sides of the levels of detail, in pixels. */
const CELLS = [64, 128, 256] as const;
/** Sides of their textures. WebGL 2 guarantees 2048; nearly all devices have more. */
const SIDES = [2048, 4096, 2048] as const;
/** Larger thumbnails gain little: they are of 384 pixels, and cropped. */
const ENOUGH = 0.75;

/** Where a thumbnail lies: in texture `level`, in fractions of it. */
export interface Cell {
  readonly level: number;
  readonly u: number;
  readonly v: number;
  readonly side: number;
}

/**
 * Thumbnails in three textures, of 1,024 small, 1,024 medium and 64 large cells: 96 MiB in all, each
 * allocated when it is first needed. Each photo takes the cell that suits its size on the screen, or a
 * smaller one if there would be too few.
 */
export class Atlas {
  readonly #gl: WebGL2RenderingContext;
  readonly textures: readonly WebGLTexture[];
  readonly #sides: readonly number[];
  readonly #slots: readonly Slots[];
  readonly #allocated = CELLS.map(() => false);
  readonly #scratch = document.createElement('canvas');
  readonly #brush: CanvasRenderingContext2D | null;

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
    this.#brush = this.#scratch.getContext('2d');
    const most = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    // A lost context says 0.
    this.#sides = SIDES.map((side) => Math.min(side, Math.max(2048, most)));
    this.#slots = CELLS.map((cell, level) => new Slots((this.#sides[level]! / cell) ** 2));
    this.textures = CELLS.map(() => gl.createTexture());
  }

  #allocate(level: number): void {
    if (this.#allocated[level]) return;
    this.#allocated[level] = true;
    const gl = this.#gl;
    const side = this.#sides[level]!;
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, side, side);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  }

  /** The level that suits a side in device pixels and holds so many photos. */
  levelFor(side: number, photos: number): number {
    const suits = CELLS.findIndex((cell) => cell >= side * ENOUGH);
    let level = suits < 0 ? CELLS.length - 1 : suits;
    while (level > 0 && this.#slots[level]!.capacity < photos) level--;
    return level;
  }

  /** Where a photo is drawn from: the wanted level or the nearest to it; `null` if nowhere. */
  find(id: number, wanted: number, frame: number): Cell | null {
    for (const level of [wanted, wanted + 1, wanted - 1, wanted + 2, wanted - 2]) {
      const at = this.#slots[level]?.touch(id, frame) ?? -1;
      if (at < 0) continue;
      const cell = CELLS[level]!;
      const side = this.#sides[level]!;
      const columns = side / cell;
      // Half a pixel inside, so that neighbors don't shine through.
      return {
        level,
        u: ((at % columns) * cell + 0.5) / side,
        v: (Math.floor(at / columns) * cell + 0.5) / side,
        side: (cell - 1) / side,
      };
    }
    return null;
  }

  /** Whether a photo lacks a cell of the wanted level. */
  lacks(id: number, wanted: number): boolean {
    return !this.#slots[wanted]!.has(id);
  }

  /** Puts a picture, cropped to a square, into a cell; `false` if all are in use. */
  put(id: number, picture: HTMLImageElement, level: number, frame: number): boolean {
    const slots = this.#slots[level]!;
    const cell = CELLS[level]!;
    const at = slots.has(id) ? slots.touch(id, frame) : slots.take(id, frame);
    if (at < 0 || !this.#brush) return false;
    this.#scratch.width = cell;
    this.#scratch.height = cell;
    const { naturalWidth: w, naturalHeight: h } = picture;
    const side = Math.min(w, h);
    this.#brush.imageSmoothingQuality = 'high';
    this.#brush.drawImage(picture, (w - side) / 2, (h - side) / 2, side, side, 0, 0, cell, cell);
    const gl = this.#gl;
    const columns = this.#sides[level]! / cell;
    gl.bindTexture(gl.TEXTURE_2D, this.textures[level]!);
    this.#allocate(level);
    gl.texSubImage2D(
      gl.TEXTURE_2D,
      0,
      (at % columns) * cell,
      Math.floor(at / columns) * cell,
      gl.RGBA,
      gl.UNSIGNED_BYTE,
      this.#scratch,
    );
    return true;
  }

  dispose(): void {
    for (const texture of this.textures) this.#gl.deleteTexture(texture);
  }
}
