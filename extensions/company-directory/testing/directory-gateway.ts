import { createTestGateway, type TestGateway, type TestGatewayOptions } from '@trellis/testing'
import {
  type DirectoryService,
  startDirectoryService,
} from '../../../examples/company-directory-service/server.ts'
import { companyDirectory } from '../index.ts'

export const apiKey = 'a key for tests'
export const webhookSecret = `whsec_${Buffer.alloc(32, 'w').toString('base64')}`

/** A gateway with the extension, and the service that it asks. */
export interface DirectoryGateway extends AsyncDisposable {
  readonly gateway: TestGateway
  readonly service: DirectoryService
  /** What goes on at the service meanwhile. */
  readonly requestsOf: (work: () => Promise<unknown>) => Promise<readonly string[]>
  /** Sets the extension up, and has the gateway follow. Answers what was refused. */
  readonly configure: (
    settings: object,
    secrets?: Readonly<Record<string, string>>,
  ) => Promise<readonly string[]>
}

/** Starts both, and sets the extension up; `settings` are those that a test has a say in. */
export async function createDirectoryGateway(
  settings: object = {},
  options: TestGatewayOptions = {},
): Promise<DirectoryGateway> {
  await using starting = new AsyncDisposableStack()
  const gateway = starting.use(await createTestGateway({ extensions: [companyDirectory], ...options }))
  const service = starting.use(
    await startDirectoryService({
      apiKey,
      notice: {
        url: 'http://localhost/extensions/company-directory/changed',
        secret: webhookSecret,
        send: async request => gateway.trellis.gateway.fetch(request),
        now: () => new Date('2026-03-01T12:00:00Z'),
      },
    }),
  )
  const configure: DirectoryGateway['configure'] = async (given, secrets = {}) => {
    const refusals = await gateway.refusals('extensionConfigure', {
      name: 'company-directory',
      settings: given,
      secrets: Object.entries(secrets).map(([name, value]) => ({ name, value })),
    })
    await gateway.trellis.follow()
    return refusals
  }
  // A test that breaks the service does not wait until it is asked again.
  await configure({ baseUrl: service.url, restSeconds: 0, ...settings }, { apiKey, webhookSecret })
  const running = starting.move()
  return {
    gateway,
    service,
    configure,
    async requestsOf(work) {
      const before = service.requests.length
      await work()
      return service.requests.slice(before)
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
