/**
 * Downscales a picture by averaging exactly the area under each output pixel: slow, but the
 * reference for fast methods.
 *
 * @param rgba `width × height × 4` bytes
 * @param scale at most 1
 * @returns red, green and blue, row by row: `floor(width · scale) × floor(height · scale) × 3`
 */
export function shrinkByArea(
  rgba: Uint8ClampedArray,
  width: number,
  height: number,
  scale: number,
): Float64Array {
  const [w, h] = [Math.floor(width * scale), Math.floor(height * scale)];
  const result = new Float64Array(w * h * 3);
  const step = 1 / scale;
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const [left, right, top, bottom] = [x * step, (x + 1) * step, y * step, (y + 1) * step];
      for (let v = Math.floor(top); v < Math.min(height, bottom); v++) {
        const high = Math.min(v + 1, bottom) - Math.max(v, top);
        for (let u = Math.floor(left); u < Math.min(width, right); u++) {
          const share = (high * (Math.min(u + 1, right) - Math.max(u, left))) / step ** 2;
          for (let c = 0; c < 3; c++) {
            result[3 * (y * w + x) + c]! += share * rgba[4 * (v * width + u) + c]!;
          }
        }
      }
    }
  }
  return result;
}
