/** DATABASE_URL cannot be used. The message never shows it, since it holds a password. */
export class ConnectionStringError extends Error {
  override readonly name = 'ConnectionStringError'

  /** @param trouble what is wrong, as the rest of a sentence that begins with `DATABASE_URL` */
  constructor(trouble: string, options?: ErrorOptions) {
    super(`DATABASE_URL ${trouble}.`, options)
  }
}
