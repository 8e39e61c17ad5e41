/**
 * A block of kernel memory, usable only by the kernels that allocated it, until freed.
 *
 * Read `buffer` anew at each use: when WebAssembly memory grows, it gets a new `ArrayBuffer` and
 * detaches the old one with all its views, so views must not outlive the next `alloc`.
 */
export interface Block {
  /** The current memory buffer. */
  readonly buffer: ArrayBuffer;
  /** Offset of the block in `buffer`; a multiple of 64. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** Views `length` float32 of a block, from its start or `offset` elements on. Transient. */
export function float32View(block: Block, length: number, offset = 0): Float32Array<ArrayBuffer> {
  return new Float32Array(block.buffer, block.byteOffset + 4 * offset, length);
}

/** Views `length` uint32 of a block, from its start or `offset` elements on. Transient. */
export function uint32View(block: Block, length: number, offset = 0): Uint32Array<ArrayBuffer> {
  return new Uint32Array(block.buffer, block.byteOffset + 4 * offset, length);
}

/** Views `length` int16 of a block, from its start. Transient. */
export function int16View(block: Block, length: number): Int16Array<ArrayBuffer> {
  return new Int16Array(block.buffer, block.byteOffset, length);
}

/** Views `length` int8 of a block, from its start. Transient. */
export function int8View(block: Block, length: number): Int8Array<ArrayBuffer> {
  return new Int8Array(block.buffer, block.byteOffset, length);
}

/** Views all bytes of a block. Transient. */
export function bytesView(block: Block): Uint8Array<ArrayBuffer> {
  return new Uint8Array(block.buffer, block.byteOffset, block.byteLength);
}
