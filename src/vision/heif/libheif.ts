import { AkinError } from '../../base/errors.ts';
import { MAX_PIXELS } from '../headers/inspect.ts';
import { readIccProfile } from './iccProfile.ts';
import { codedSpace, type RgbSpace, srgb } from './rgbSpace.ts';
import { type SrgbPixels, toSrgb } from './toSrgb.ts';

/**
 * The parts of libheif used here, compiled by Emscripten: its C interface (`libheif/heif.h`), where
 * pointers are numbers and returned structures are written to the address in the first argument.
 */
export interface Libheif {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _free(at: number): void;
  _heif_context_alloc(): number;
  _heif_context_free(context: number): void;
  _heif_context_get_security_limits(context: number): number;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    at: number,
    bytes: number,
    options: number,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, to: number): void;
  _heif_image_handle_release(handle: number): void;
  _heif_image_handle_get_raw_color_profile_size(handle: number): number;
  _heif_image_handle_get_raw_color_profile(error: number, handle: number, to: number): void;
  _heif_image_handle_get_nclx_color_profile(error: number, handle: number, to: number): void;
  _heif_nclx_color_profile_free(profile: number): void;
  _heif_decode_image(
    error: number,
    handle: number,
    to: number,
    colorspace: number,
    chroma: number,
    options: number,
  ): void;
  _heif_image_release(image: number): void;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_is_premultiplied_alpha(image: number): number;
  _heif_image_get_plane_readonly(image: number, channel: number, stride: number): number;
  _heif_context_has_sequence(context: number): number;
  _heif_context_get_track(context: number, id: number): number;
  _heif_track_release(track: number): void;
  _heif_track_decode_next_image(
    error: number,
    track: number,
    to: number,
    colorspace: number,
    chroma: number,
    options: number,
  ): void;
}

/** The export of `libheif.js`: starts the library from its WebAssembly file. */
export type LibheifFactory = (options: {
  readonly wasmBinary: Uint8Array;
  readonly print: () => void;
  readonly printErr: () => void;
}) => Libheif;

// Constants of heif.h, which never change.
const COLORSPACE_RGB = 1;
const CHROMA_INTERLEAVED_RGBA = 11;
const CHANNEL_INTERLEAVED = 10;
const ERROR_UNSUPPORTED_FILETYPE = 3;
const ERROR_UNSUPPORTED_FEATURE = 4;
const ERROR_MEMORY_ALLOCATION = 6;

/** An error as libheif returns it: code, subcode, address of its text. */
const ERROR_BYTES = 12;
/** Profiles are far smaller; a larger one is not read. */
const MOST_PROFILE_BYTES = 2 ** 24;
/** Memory limit of the library: 120 megapixels, coded and as RGBA. */
const MOST_MEMORY = 3 * 2 ** 29;

/** A decoded picture: `pixels` are scaled down; `width` and `height` are the original's. */
export interface HeifPicture {
  readonly width: number;
  readonly height: number;
  readonly pixels: SrgbPixels;
}

/**
 * Decodes the primary picture of a file, or the first of its sequence: oriented as the file says,
 * in sRGB. After any exception but an `AkinError` the library's memory is in an undefined state.
 *
 * @param shortSide pixels needed; a larger picture may be scaled down to no less
 * @throws AkinError `damaged-picture`, `unsupported-format`, `too-many-pixels`, `decoder-failed`
 */
export function decodeHeif(lib: Libheif, bytes: Uint8Array, shortSide: number): HeifPicture {
  const scope = new Scope(lib);
  try {
    const context = scope.own(lib._heif_context_alloc(), lib._heif_context_free);
    limit(lib, context);
    const input = scope.malloc(bytes.length);
    lib.HEAPU8.set(bytes, input);
    scope.call((error) =>
      lib._heif_context_read_from_memory_without_copy(error, context, input, bytes.length, 0),
    );
    const { image, space } = openPicture(scope, context);
    const [width, height] = [
      lib._heif_image_get_width(image, CHANNEL_INTERLEAVED),
      lib._heif_image_get_height(image, CHANNEL_INTERLEAVED),
    ];
    if (!(width > 0 && height > 0)) throw damaged('it shows nothing');
    const strideAt = scope.malloc(4);
    const plane = lib._heif_image_get_plane_readonly(image, CHANNEL_INTERLEAVED, strideAt);
    const stride = scope.int(strideAt);
    if (plane === 0 || stride < 4 * width) throw damaged('it has no pixels');
    const data = lib.HEAPU8.subarray(plane, plane + stride * (height - 1) + 4 * width);
    if (lib._heif_image_is_premultiplied_alpha(image)) divideByAlpha(data);
    const factor = Math.max(1, Math.floor(Math.min(width, height) / shortSide));
    return { width, height, pixels: toSrgb({ data, stride, width, height }, space, factor) };
  } finally {
    scope.close();
  }
}

function openPicture(scope: Scope, context: number): { image: number; space: RgbSpace } {
  const { lib } = scope;
  const format = [COLORSPACE_RGB, CHROMA_INTERLEAVED_RGBA, 0] as const;
  let handle: number | undefined;
  try {
    handle = scope.out(
      (error, to) => lib._heif_context_get_primary_image_handle(error, context, to),
      lib._heif_image_handle_release,
    );
  } catch (thrown) {
    // A sequence need not have a still picture.
    if (!lib._heif_context_has_sequence(context)) throw thrown;
  }
  if (handle !== undefined) {
    const primary = handle;
    const space = spaceOf(scope, primary);
    const image = scope.out(
      (error, to) => lib._heif_decode_image(error, primary, to, ...format),
      lib._heif_image_release,
    );
    return { image, space };
  }
  const track = scope.own(lib._heif_context_get_track(context, 0), lib._heif_track_release);
  const image = scope.out(
    (error, to) => lib._heif_track_decode_next_image(error, track, to, ...format),
    lib._heif_image_release,
  );
  return { image, space: srgb };
}

/** An embedded profile is more precise than a pair of numbers; without either it is sRGB. */
function spaceOf(scope: Scope, handle: number): RgbSpace {
  const { lib } = scope;
  const bytes = lib._heif_image_handle_get_raw_color_profile_size(handle);
  if (bytes > 0 && bytes <= MOST_PROFILE_BYTES) {
    const at = scope.malloc(bytes);
    scope.call((error) => lib._heif_image_handle_get_raw_color_profile(error, handle, at));
    const space = readIccProfile(lib.HEAPU8.slice(at, at + bytes));
    if (space) return space;
  }
  let coded: number;
  try {
    coded = scope.out(
      (error, to) => lib._heif_image_handle_get_nclx_color_profile(error, handle, to),
      lib._heif_nclx_color_profile_free,
    );
  } catch {
    return srgb;
  }
  return codedSpace(scope.int(coded + 4), scope.int(coded + 8));
}

/** Limits what the library allocates on a file's claims (`heif_security_limits`). */
function limit(lib: Libheif, context: number): void {
  const at = lib._heif_context_get_security_limits(context);
  const view = new DataView(lib.HEAPU8.buffer);
  view.setBigUint64(at + 8, BigInt(MAX_PIXELS), true);
  if (view.getUint8(at) >= 2) view.setBigUint64(at + 64, BigInt(MOST_MEMORY), true);
}

function divideByAlpha(data: Uint8Array): void {
  for (let at = 0; at + 4 <= data.length; at += 4) {
    const alpha = data[at + 3]!;
    if (alpha === 0 || alpha === 255) continue;
    for (let i = at; i < at + 3; i++) data[i] = Math.min(255, (data[i]! * 255) / alpha + 0.5);
  }
}

/** Frees everything allocated for one decode, in reverse order. */
class Scope {
  readonly lib: Libheif;
  readonly #free: (() => void)[] = [];
  readonly #error: number;

  constructor(lib: Libheif) {
    this.lib = lib;
    this.#error = this.malloc(ERROR_BYTES);
  }

  malloc(bytes: number): number {
    return this.own(this.lib._malloc(bytes), this.lib._free);
  }

  own(at: number, free: (at: number) => void): number {
    if (at === 0) throw outOfMemory();
    this.#free.push(() => free(at));
    return at;
  }

  int(at: number): number {
    return new DataView(this.lib.HEAPU8.buffer).getInt32(at, true);
  }

  /** @throws AkinError if the call reports an error */
  call(run: (error: number) => void): void {
    run(this.#error);
    const code = this.int(this.#error);
    if (code !== 0) throw failure(code, this.int(this.#error + 4), this.#text());
  }

  /** Runs a call that writes a pointer to the address in its second argument. */
  out(run: (error: number, to: number) => void, free: (at: number) => void): number {
    const to = this.malloc(4);
    this.call((error) => run(error, to));
    return this.own(this.int(to), free);
  }

  close(): void {
    for (const free of this.#free.reverse()) free();
  }

  #text(): string {
    const heap = this.lib.HEAPU8;
    const at = this.int(this.#error + 8);
    const end = at > 0 ? heap.indexOf(0, at) : at;
    return new TextDecoder().decode(heap.slice(at, Math.min(end, at + 200))).trim();
  }
}

const SUBERROR_SECURITY_LIMIT = 1000;

function failure(code: number, finer: number, text: string): AkinError {
  if (code === ERROR_UNSUPPORTED_FILETYPE || code === ERROR_UNSUPPORTED_FEATURE) {
    return new AkinError(
      'unsupported-format',
      `This HEIC picture is of a kind that Akin can’t read (${text}).`,
      { details: { reason: 'heif' } },
    );
  }
  if (code === ERROR_MEMORY_ALLOCATION && finer !== SUBERROR_SECURITY_LIMIT) return outOfMemory();
  return damaged(text);
}

function damaged(why: string): AkinError {
  return new AkinError('damaged-picture', `The picture is damaged: it can’t be decoded (${why}).`);
}

function outOfMemory(): AkinError {
  return new AkinError(
    'decoder-failed',
    'This picture takes more memory to decode than there is.',
    {
      details: { reason: 'memory' },
    },
  );
}
