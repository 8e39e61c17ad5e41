import { AkinError } from '../../base/errors.ts';
import { checkFileSize, inspect } from '../headers/inspect.ts';
import { decode } from './decode.ts';
import { fileBytes } from './fileBytes.ts';

/** Short side in pixels for display: a large screen's, magnified twice. */
const SHOWN_SHORT_SIDE = 4320;
const QUALITY = 0.92;
/** Side of the square checked for transparency. */
const GLANCE = 64;

/**
 * Converts a picture that this browser can't show to one that every browser can: oriented, in sRGB,
 * JPEG or, with transparency, PNG.
 *
 * @throws AkinError as `prepare`
 */
export async function showable(file: Blob, signal?: AbortSignal): Promise<Blob> {
  checkFileSize(file.size);
  const content = await fileBytes(file);
  const { source, close } = await decode(content, inspect(content), SHOWN_SHORT_SIDE, signal);
  try {
    const [width, height] =
      'codedWidth' in source
        ? [source.displayWidth, source.displayHeight]
        : [source.width, source.height];
    const canvas = drawn(source, width, height).canvas;
    const type = isOpaque(source) ? 'image/jpeg' : 'image/png';
    return await canvas.convertToBlob({ type, quality: QUALITY });
  } finally {
    close();
  }
}

function drawn(source: CanvasImageSource, width: number, height: number) {
  const context = new OffscreenCanvas(width, height).getContext('2d', { colorSpace: 'srgb' });
  if (context === null) throw new AkinError('internal', 'The browser gave no canvas to draw on.');
  context.drawImage(source, 0, 0, width, height);
  return context;
}

function isOpaque(source: CanvasImageSource): boolean {
  const { data } = drawn(source, GLANCE, GLANCE).getImageData(0, 0, GLANCE, GLANCE);
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
}
