/** The engine's message without the stack of Rust functions below it, nor the name of the layer above. */
export function withoutTrace(message: string): string {
  return message
    .replace(/\n\s+0: [^]*$/, '')
    .replace(/^external connector error\n/i, '')
    .trim()
}
