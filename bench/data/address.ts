import { userInfo } from 'node:os'

/** Where the data is: `BENCH_DATABASE_URL`, or a database of its own on this machine's server. */
export const databaseUrl = (): string =>
  process.env['BENCH_DATABASE_URL'] ?? `postgresql://${userInfo().username}@127.0.0.1:5432/trellis_bench`

/** The same server, but the database that every server has. */
export const maintenanceUrl = (url: string): string => {
  const address = new URL(url)
  address.pathname = '/postgres'
  return address.href
}
