/** `npm run migrate`: shows, applies and writes migrations. */
import { join } from 'node:path'
import { loadConfig } from '../config/index.ts'
import { migrate } from './migrate/migrate.ts'

process.exitCode = await migrate({
  words: process.argv.slice(2),
  // The words are ours, not the server's.
  database: () => loadConfig(process.env, []).database,
  root: join(import.meta.dirname, '..', '..'),
  print: line => process.stdout.write(`${line}\n`),
  complain: line => process.stderr.write(`${line}\n`),
})
