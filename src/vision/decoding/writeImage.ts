// Checked once, with a single pixel. A browser that can't write WebP writes PNG instead, which in
// WebKit takes many times as long as the JPEG used then.
let type: Promise<'image/webp' | 'image/jpeg'> | undefined;

function typeHere(): Promise<'image/webp' | 'image/jpeg'> {
  type ??= ask().catch(() => 'image/jpeg');
  return type;
}

async function ask(): Promise<'image/webp' | 'image/jpeg'> {
  const canvas = new OffscreenCanvas(1, 1);
  // Chromium can't encode a canvas that was never drawn on.
  canvas.getContext('2d')?.fillRect(0, 0, 1, 1);
  const { type: written } = await canvas.convertToBlob({ type: 'image/webp' });
  return written === 'image/webp' ? 'image/webp' : 'image/jpeg';
}

/**
 * Encodes a small picture: WebP, or JPEG if the browser can't write WebP.
 *
 * @param quality 0 to 1
 */
export async function writeImage(canvas: OffscreenCanvas, quality: number): Promise<Blob> {
  return canvas.convertToBlob({ type: await typeHere(), quality });
}
