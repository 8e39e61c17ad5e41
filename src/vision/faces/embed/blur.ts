/**
 * Variance of the Laplacian of a picture's brightness: small if nothing is sharp (Pech-Pacheco et
 * al., "Diatom autofocusing in brightfield microscopy", 2000). Only comparable between pictures of
 * one size, such as chips.
 *
 * @param rgba `side × side × 4` bytes
 * @returns in squared grey levels (0 to 255)
 */
export function laplacianVariance(rgba: Uint8ClampedArray, side: number): number {
  const grey = new Float32Array(side * side);
  for (let i = 0; i < grey.length; i++) {
    grey[i] = 0.299 * rgba[4 * i]! + 0.587 * rgba[4 * i + 1]! + 0.114 * rgba[4 * i + 2]!;
  }
  let [sum, squares] = [0, 0];
  for (let y = 1; y < side - 1; y++) {
    for (let x = 1; x < side - 1; x++) {
      const i = y * side + x;
      const value = grey[i - side]! + grey[i + side]! + grey[i - 1]! + grey[i + 1]! - 4 * grey[i]!;
      sum += value;
      squares += value * value;
    }
  }
  const n = (side - 2) ** 2;
  return squares / n - (sum / n) ** 2;
}
