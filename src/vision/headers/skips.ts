import { type OtherKind, sniff } from './sniff.ts';

/** Endings of pictures: those Akin reads, and those a person would still call a picture. */
const PICTURE_ENDINGS: ReadonlySet<string> = new Set(
  `jpg jpeg jpe jif jfif pjpeg pjp png apng gif webp avif avifs bmp dib ico cur svg svgz
  heic heics heif heifs hif tif tiff psd psb xcf jxl jp2 j2k j2c jpc jpf jpx jpm jxr wdp hdp
  tga pcx pbm pgm ppm pnm pam exr hdr qoi mpo insp
  3fr ari arw bay cr2 cr3 crw dcr dcs dng drf eip erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw
  orf ori pef ptx pxn r3d raf raw rw2 rwl rwz sr2 srf srw x3f`.split(/\s+/),
);

/** What `sniff` calls pictures that Akin does not read: they are told, whatever their name. */
const UNREAD_PICTURES: ReadonlySet<OtherKind> = new Set([
  'raw',
  'tiff',
  'tiff-or-raw',
  'photoshop',
  'jpeg-xl',
  'jpeg-2000',
]);

/** Folders in which systems keep thumbnails or resource forks of photos, and photos never lie. */
const SYSTEM_FOLDERS: ReadonlySet<string> = new Set([
  '@eadir',
  '.@__thumb',
  '__macosx',
  '.thumbnails',
  '.cache',
]);

/** Whether a folder of that path holds what a system made of photos, and no photos. */
export function isSystemFolder(path: string): boolean {
  return path !== '' && path.split('/').some((part) => SYSTEM_FOLDERS.has(part.toLowerCase()));
}

/**
 * Whether a file passes itself off as a picture by its name or by the type that the browser takes
 * from it. `._name` does not: it holds what macOS knows about `name`.
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
 * Whether a file is of those that lie among photos and are none (system files, sidecars, videos,
 * documents), so that it is no failure that it can't be read. Its bytes decide: only what is no
 * picture by its bytes is asked for its name.
 *
 * @param head its first `SNIFF_BYTES`, or all if there are fewer
 */
export function isNoPhoto(name: string, type: string, head: Uint8Array): boolean {
  const sniffed = sniff(head);
  if (sniffed.type !== undefined || claimsPicture(name, type)) return false;
  return !UNREAD_PICTURES.has(sniffed.kind);
}
