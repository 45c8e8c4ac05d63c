/** What the person who started the load can put right: an option, a file, a row. Printed without a stack. */
export class InputError extends Error {
  override readonly name = 'InputError'
}
