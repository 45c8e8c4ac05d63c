import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { type Company, companies } from './companies.ts'
import { type Notice, sendNotice } from './send-notice.ts'

/** What goes wrong, to be switched while it runs. */
export interface Faults {
  /** How long each answer takes, in milliseconds. @default 0 */
  delayMs?: number
  /** Answers in the place of the directory. @default none */
  answer?: ((response: ServerResponse) => void) | undefined
  /** Whether many companies are looked up by one request. @default true */
  takesMany?: boolean
}

export interface DirectoryServiceOptions {
  /** What has to come as `x-api-key`. */
  readonly apiKey: string
  /** @default any that is free */
  readonly port?: number
  /** Where changes are told. @default nowhere */
  readonly notice?: Notice
}

/** The directory, listening on this machine only. */
export interface DirectoryService extends AsyncDisposable {
  readonly url: string
  /** Requests since the start, such as `GET /v1/status`. */
  readonly requests: readonly string[]
  readonly faults: Faults
  /** Changes a company, and tells of it. Answers the status of who was told, `null` for nobody. */
  change(registrationNumber: string, values: Partial<Company>): Promise<number | null>
}

const plain = (number: string): string => number.replaceAll(/[\s./-]/g, '').toUpperCase()

const send = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return JSON.parse(Buffer.concat(chunks).toString())
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** Starts the service. */
export async function startDirectoryService({
  apiKey,
  port = 0,
  notice,
}: DirectoryServiceOptions): Promise<DirectoryService> {
  const known = new Map(companies.map(company => [company.registrationNumber, company]))
  const requests: string[] = []
  const faults: Faults = {}

  const find = (registrationNumber: unknown, taxNumber: unknown): Company | null => {
    const isIt = (company: Company): boolean =>
      typeof registrationNumber === 'string'
        ? plain(company.registrationNumber) === plain(registrationNumber)
        : typeof taxNumber === 'string' && plain(company.taxNumber) === plain(taxNumber)
    return [...known.values()].find(isIt) ?? null
  }

  const change: DirectoryService['change'] = async (registrationNumber, values) => {
    const company = find(registrationNumber, null)
    if (!company) throw new Error(`There is no company ${registrationNumber}.`)
    known.set(company.registrationNumber, { ...company, ...values })
    return notice ? sendNotice(notice, [company.registrationNumber]) : null
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://directory')
    requests.push(`${request.method} ${pathname}`)
    if (faults.delayMs) await setTimeout(faults.delayMs)
    if (faults.answer) return faults.answer(response)
    if (request.headers['x-api-key'] !== apiKey)
      return send(response, 401, { error: 'The key is not known.' })
    switch (`${request.method} ${pathname}`) {
      case 'GET /v1/status':
        return send(response, 200, { companies: known.size })
      case 'GET /v1/company': {
        const company = find(
          searchParams.get('registrationNumber') ?? undefined,
          searchParams.get('taxNumber') ?? undefined,
        )
        return send(response, 200, { company })
      }
      case 'GET /v1/companies': {
        const text = (searchParams.get('text') ?? '').toLowerCase()
        const hits = [...known.values()].filter(
          ({ name, registrationNumber }) =>
            name.toLowerCase().includes(text) || plain(registrationNumber) === plain(text),
        )
        return send(response, 200, { companies: hits.slice(0, Number(searchParams.get('limit') ?? 10)) })
      }
      case 'POST /v1/companies/lookup': {
        if (faults.takesMany === false) break
        const body = await bodyOf(request)
        const asked =
          isObject(body) && Array.isArray(body['companies']) ? body['companies'].filter(isObject) : []
        if (asked.length > 50) return send(response, 400, { error: 'At most 50 at once.' })
        const found = asked.map(({ registrationNumber, taxNumber }) => find(registrationNumber, taxNumber))
        return send(response, 200, { companies: found })
      }
      case 'POST /v1/dissolve': {
        const number = searchParams.get('registrationNumber') ?? ''
        return send(response, 200, { told: await change(number, { status: 'DISSOLVED' }) })
      }
    }
    send(response, 404, { error: 'There is nothing here.' })
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) send(response, 500, { error: String(error) })
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server listens on no port.')
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    faults,
    change,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}
