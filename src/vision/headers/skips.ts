import { type OtherKind, sniff } from './sniff.ts';

/** Extensions of pictures: those Akin reads, and others that users consider pictures. */
const PICTURE_ENDINGS: ReadonlySet<string> = new Set(
  `jpg jpeg jpe jif jfif pjpeg pjp png apng gif webp avif avifs bmp dib ico cur svg svgz
  heic heics heif heifs hif tif tiff psd psb xcf jxl jp2 j2k j2c jpc jpf jpx jpm jxr wdp hdp
  tga pcx pbm pgm ppm pnm pam exr hdr qoi mpo insp
  3fr ari arw bay cr2 cr3 crw dcr dcs dng drf eip erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw
  orf ori pef ptx pxn r3d raf raw rw2 rwl rwz sr2 srf srw x3f`.split(/\s+/),
);

/** Pictures recognized by `sniff` but not supported: reported whatever their name. */
const UNREAD_PICTURES: ReadonlySet<OtherKind> = new Set([
  'raw',
  'tiff',
  'tiff-or-raw',
  'photoshop',
  'jpeg-xl',
  'jpeg-2000',
]);

/** Folders with systems' thumbnails or resource forks of photos, never with photos. */
const SYSTEM_FOLDERS: ReadonlySet<string> = new Set([
  '@eadir',
  '.@__thumb',
  '__macosx',
  '.thumbnails',
  '.cache',
]);

/** Whether a folder's path is of a system's derived files rather than photos. */
export function isSystemFolder(path: string): boolean {
  return path !== '' && path.split('/').some((part) => SYSTEM_FOLDERS.has(part.toLowerCase()));
}

/**
 * Whether a file claims to be a picture, by name or by the type that the browser derives from it.
 * `._name` does not: it holds macOS's metadata of `name`.
 */
export function claimsPicture(name: string, type: string): boolean {
  if (name.startsWith('._')) return false;
  const dot = name.lastIndexOf('.');
  if (
    dot >= 0 &&
    PICTURE_ENDINGS.has(
      name
        .slice(dot + 1)
        .trim()
        .toLowerCase(),
    )
  )
    return true;
  return type.startsWith('image/');
}

/**
 * Whether a file is a common companion of photos but not one (system files, sidecars, videos,
 * documents), so that failing to read it is not an error. The bytes decide: the name is checked
 * only if they are not a picture.
 *
 * @param head its first `SNIFF_BYTES`, or all if there are fewer
 */
export function isNoPhoto(name: string, type: string, head: Uint8Array): boolean {
  const sniffed = sniff(head);
  if (sniffed.type !== undefined || claimsPicture(name, type)) return false;
  return !UNREAD_PICTURES.has(sniffed.kind);
}
