/**
 * A piece of the kernels' memory. Only the kernels that gave it out can use it, until it is freed.
 *
 * `buffer` is asked for anew at each use: WebAssembly memory that grows gets a new `ArrayBuffer`
 * and detaches the old, and every view of it, so a view must not outlive the next `alloc`.
 */
export interface Block {
  /** The memory as it is now. */
  readonly buffer: ArrayBuffer;
  /** Where the block begins in `buffer`; a multiple of 64. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** `length` float32 of a block, from its start or `offset` elements on. Do not keep. */
export function float32View(block: Block, length: number, offset = 0): Float32Array<ArrayBuffer> {
  return new Float32Array(block.buffer, block.byteOffset + 4 * offset, length);
}

/** `length` uint32 of a block, from its start or `offset` elements on. Do not keep. */
export function uint32View(block: Block, length: number, offset = 0): Uint32Array<ArrayBuffer> {
  return new Uint32Array(block.buffer, block.byteOffset + 4 * offset, length);
}

/** `length` int16 of a block, from its start. Do not keep. */
export function int16View(block: Block, length: number): Int16Array<ArrayBuffer> {
  return new Int16Array(block.buffer, block.byteOffset, length);
}

/** `length` int8 of a block, from its start. Do not keep. */
export function int8View(block: Block, length: number): Int8Array<ArrayBuffer> {
  return new Int8Array(block.buffer, block.byteOffset, length);
}

/** All bytes of a block. Do not keep. */
export function bytesView(block: Block): Uint8Array<ArrayBuffer> {
  return new Uint8Array(block.buffer, block.byteOffset, block.byteLength);
}
