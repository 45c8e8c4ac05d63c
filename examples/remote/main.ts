/** Starts the two remote services of the examples, and prints how Trellis is told of them. Ends with Ctrl+C. */
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { startService } from './start-service.ts'

const examples = join(import.meta.dirname, '..')
const secretOf = (variable: string): string =>
  process.env[variable] || `whsec_${randomBytes(32).toString('base64')}`

const lookupOf = (type: string, field: string): string =>
  `    ${type}: { key: 'id', lookup: '${field}(ids:)' },`

/** What goes into extensions/index.ts. */
const declaration = (
  name: string,
  folder: string,
  url: string,
  secret: string,
  merge: readonly string[],
): string =>
  `remoteExtension({
  name: '${name}',
  version: '1.0.0',
  url: '${url}',
  schema: '../examples/${folder}/schema.graphql',
  merge: {
${merge.join('\n')}
  },
  secret: '${secret}',
})
`

const reviewsSecret = secretOf('REVIEWS_SECRET')
const ratingSecret = secretOf('CREDIT_RATING_SECRET')
const reviewsArguments = [join(examples, 'reviews-service', 'main.ts')]
const ratingArguments = [join(examples, 'credit-rating-service', 'main.py')]

await using reviews = await startService(process.execPath, reviewsArguments, {
  REVIEWS_SECRET: reviewsSecret,
})
await using ratings = await startService('python3', ratingArguments, { CREDIT_RATING_SECRET: ratingSecret })

process.stdout.write(
  [
    `Two services are running, at ${reviews.url} and ${ratings.url}.`,
    'In extensions/index.ts, with `remoteExtension` of @trellis/sdk, these are:\n',
    declaration('review', 'reviews-service', reviews.url, reviewsSecret, [
      lookupOf('Customer', 'reviewCustomers'),
      lookupOf('Product', 'reviewProducts'),
    ]),
    declaration('credit-rating', 'credit-rating-service', ratings.url, ratingSecret, [
      lookupOf('Customer', 'creditRatingCustomers'),
    ]),
    'Ctrl+C ends them.\n',
  ].join('\n'),
)
await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM'), reviews.exited, ratings.exited])
