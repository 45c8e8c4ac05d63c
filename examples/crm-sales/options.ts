import { parseArgs } from 'node:util'
import { InputError } from './input-error.ts'

export interface Options {
  /** Where the four CSV files are. */
  readonly folder: string
  /** `--batch`: records in a request, 1 to 1,000. @default 500 */
  readonly batchSize: number
  /** `TRELLIS_URL` @default 'http://127.0.0.1:4000/graphql' */
  readonly url: string
  /** `TRELLIS_KEY`: for a gateway that asks for one. @default null */
  readonly key: string | null
}

export const usage = `Usage: npm run example:crm-sales -- [--batch 500] <folder with the CSV files>
TRELLIS_URL is the endpoint, http://127.0.0.1:4000/graphql unless given; TRELLIS_KEY the key, where one is needed.`

/** @throws InputError that says what is allowed */
export function readOptions(
  argv: readonly string[] = process.argv.slice(2),
  env: NodeJS.ProcessEnv = process.env,
): Options {
  const { values, positionals } = parsed(argv)
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0)
    throw new InputError(`${positionals.length} folders are given; one is needed.\n${usage}`)
  const batchSize = /^\d{1,4}$/.test(values.batch) ? Number(values.batch) : 0
  if (batchSize < 1 || batchSize > 1000)
    throw new InputError(`--batch is "${values.batch}"; a whole number from 1 to 1000 is allowed.`)
  const url = env['TRELLIS_URL'] || 'http://127.0.0.1:4000/graphql'
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new InputError(
      `TRELLIS_URL is "${url}"; an address such as http://127.0.0.1:4000/graphql is allowed.`,
    )
  return { folder, batchSize, url, key: env['TRELLIS_KEY'] || null }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { batch: { type: 'string', default: '500' } },
    })
  } catch (cause) {
    throw new InputError(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause })
  }
}
