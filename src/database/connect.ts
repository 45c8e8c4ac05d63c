import { type ConnectionParts, parseConnectionString } from './connection.ts'

/** A database to work with. `close` leaves the embedded server, which stops when nobody else uses it. */
export interface OpenedConnection extends AsyncDisposable {
  readonly connection: ConnectionParts
  close(): Promise<void>
}

export interface OpenConnectionOptions {
  /** Where PostgreSQL is; `null` means the embedded one. */
  readonly url: string | null
  /** Where the embedded server keeps its data. */
  readonly dataDirectory: string
  readonly log: {
    info(details: object, message: string): void
    warn(details: object, message: string): void
  }
}

/** The database that the configuration names; the embedded server is started, or found running, when it names none. */
export async function openConnection({
  url,
  dataDirectory,
  log,
}: OpenConnectionOptions): Promise<OpenedConnection> {
  if (url !== null) {
    const nothing = async () => undefined
    return { connection: parseConnectionString(url), close: nothing, [Symbol.asyncDispose]: nothing }
  }
  // Imported here: whoever brings a database needs nothing of the embedded one.
  const { startEmbeddedServer } = await import('./embedded/index.ts')
  const server = await startEmbeddedServer({ directory: dataDirectory, log })
  const close = () => server.leave()
  return { connection: server.connection, close, [Symbol.asyncDispose]: close }
}
