// Asked once, of a single pixel. A browser that cannot write WebP writes PNG instead, which in WebKit
// takes many times as long as the JPEG that is wanted then.
let type: Promise<'image/webp' | 'image/jpeg'> | undefined;

function typeHere(): Promise<'image/webp' | 'image/jpeg'> {
  type ??= new OffscreenCanvas(1, 1).convertToBlob({ type: 'image/webp' }).then(
    (written) => (written.type === 'image/webp' ? 'image/webp' : 'image/jpeg'),
    () => 'image/jpeg',
  );
  return type;
}

/**
 * A small picture as an image file: WebP, or JPEG where the browser cannot write WebP.
 *
 * @param quality 0 to 1
 */
export async function writeImage(canvas: OffscreenCanvas, quality: number): Promise<Blob> {
  return canvas.convertToBlob({ type: await typeHere(), quality });
}
