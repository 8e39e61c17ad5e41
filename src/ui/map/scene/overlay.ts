import type { Pixels } from '../pure/view.ts';

/** A word under the photo that stands for a cluster. */
export interface Label {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** A ring around a photo. */
export interface Ring {
  readonly x: number;
  readonly y: number;
  readonly side: number;
  readonly isRound: boolean;
}

/** The outline being drawn with the lasso or the box, x and y in turn, in CSS pixels. */
export type Outline = readonly number[];

export interface OverlayColors {
  readonly text: string;
  readonly surface: string;
  readonly line: string;
  readonly accent: string;
  readonly background: string;
}

export const LABEL_FONT = '600 12.5px';
export const LABEL_HEIGHT = 22;
const LABEL_PADDING = 9;
/** Longer words are shortened. */
const MOST_LABEL = 150;

/** What is drawn over the photos in two dimensions; positions in CSS pixels. */
export class Overlay {
  readonly #canvas: HTMLCanvasElement;
  readonly #brush: CanvasRenderingContext2D | null;
  readonly #widths = new Map<string, { text: string; width: number }>();

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#brush = canvas.getContext('2d');
  }

  resize([width, height]: Pixels, ratio: number): void {
    this.#canvas.width = Math.round(width * ratio);
    this.#canvas.height = Math.round(height * ratio);
    this.#brush?.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  get canvas(): HTMLCanvasElement {
    return this.#canvas;
  }

  #font(): string {
    return `${LABEL_FONT} ${getComputedStyle(this.#canvas).fontFamily}`;
  }

  /** The width of a label, and its text, shortened if it is too long. */
  measure(text: string): { readonly text: string; readonly width: number } {
    const known = this.#widths.get(text);
    if (known) return known;
    const brush = this.#brush;
    if (!brush) return { text, width: 0 };
    brush.font = this.#font();
    let short = text;
    while (short.length > 1 && brush.measureText(short).width > MOST_LABEL) {
      short = `${short.slice(0, -2).trimEnd()}…`;
    }
    const measured = {
      text: short,
      width: Math.ceil(brush.measureText(short).width) + 2 * LABEL_PADDING,
    };
    this.#widths.set(text, measured);
    return measured;
  }

  draw(
    colors: OverlayColors,
    labels: readonly Label[],
    rings: readonly Ring[],
    outline: Outline | null,
  ): void {
    const brush = this.#brush;
    if (!brush) return;
    brush.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#drawLabels(brush, colors, labels);
    for (const { x, y, side, isRound } of rings) {
      brush.beginPath();
      const half = side / 2 + 3;
      brush.roundRect(x - half, y - half, 2 * half, 2 * half, isRound ? half : 9);
      brush.lineWidth = 5.5;
      brush.strokeStyle = colors.background;
      brush.stroke();
      brush.lineWidth = 2.5;
      brush.strokeStyle = colors.accent;
      brush.stroke();
    }
    if (!outline || outline.length < 4) return;
    brush.beginPath();
    brush.moveTo(outline[0]!, outline[1]!);
    for (let i = 2; i + 1 < outline.length; i += 2) brush.lineTo(outline[i]!, outline[i + 1]!);
    brush.closePath();
    brush.globalAlpha = 0.12;
    brush.fillStyle = colors.accent;
    brush.fill();
    brush.globalAlpha = 1;
    brush.lineWidth = 1.75;
    brush.strokeStyle = colors.accent;
    brush.stroke();
  }

  #drawLabels(
    brush: CanvasRenderingContext2D,
    colors: OverlayColors,
    labels: readonly Label[],
  ): void {
    brush.font = this.#font();
    brush.textAlign = 'center';
    brush.textBaseline = 'middle';
    for (const label of labels) {
      const { text, width } = this.measure(label.text);
      brush.beginPath();
      brush.roundRect(label.x - width / 2, label.y, width, LABEL_HEIGHT, LABEL_HEIGHT / 2);
      brush.fillStyle = colors.surface;
      brush.fill();
      brush.lineWidth = 1;
      brush.strokeStyle = colors.line;
      brush.stroke();
      brush.fillStyle = colors.text;
      brush.fillText(text, label.x, label.y + LABEL_HEIGHT / 2 + 0.5);
    }
  }
}
