/** Starts the reviews service. See README.md. */
import { once } from 'node:events'
import { join } from 'node:path'
import { createService } from './server.ts'
import { openStore } from './store.ts'

const secret = process.env['REVIEWS_SECRET'] ?? ''
const file = process.env['REVIEWS_FILE'] || join(import.meta.dirname, 'reviews.sqlite')

if (secret === '') {
  process.stderr.write(
    'REVIEWS_SECRET is not set: "whsec_" and the base64 of 24 to 64 bytes, the same as in Trellis.\n',
  )
  process.exitCode = 1
} else {
  const store = openStore(file)
  const server = await createService({ store, secret })
  server.listen(Number(process.env['PORT'] || 4001), '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : ''
  process.stdout.write(`Reviews at http://127.0.0.1:${port}/graphql, kept in ${file}\n`)
  process.once('SIGTERM', () => {
    server.close(() => store[Symbol.dispose]())
    server.closeAllConnections()
  })
}
