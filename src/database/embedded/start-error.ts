/** The embedded database cannot be had. The message names what is in the way and what to do about it. */
export class DatabaseStartError extends Error {
  override readonly name = 'DatabaseStartError'
}
