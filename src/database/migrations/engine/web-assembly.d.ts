/** The little of WebAssembly that loading the engine takes; TypeScript has it only in `lib.dom`, with all of the browser. */
declare namespace WebAssembly {
  class Memory {
    readonly buffer: ArrayBuffer
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>
  }
  function instantiate(
    binary: Uint8Array,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ): Promise<{ readonly instance: Instance }>
}
