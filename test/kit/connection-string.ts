import type { ConnectionParts } from '../../src/database/connection.ts'

/** The address of a test database, for what is configured with DATABASE_URL. */
export function connectionString({ host, port, user, password, database }: ConnectionParts): string {
  // As parameters, since a host may be the folder of a socket.
  const parameters = Object.entries({ host, user, ...(password === undefined ? {} : { password }) })
  const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
  return `postgres://localhost:${port}/${database}?${query}`
}
