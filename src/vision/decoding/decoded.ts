/** A decoded, oriented picture, to be drawn and then closed. */
export interface Decoded {
  readonly source: ImageBitmap | VideoFrame;
  /** Of the original, oriented; `source` itself may be smaller. */
  readonly width: number;
  readonly height: number;
  close(): void;
}
