import { TrellisError, type Viewer } from '@trellis/sdk'
import type { Connection, GatewayPlugin } from '../exchange.ts'
import type { RequestHead } from '../generation.ts'

/** Who asks; `null` is nobody. */
export type Authenticate = (request: RequestHead, connection: Connection) => Promise<Viewer | null>

export const unauthenticated = () =>
  new TrellisError(
    'UNAUTHENTICATED',
    'A valid key is required: send the header "Authorization: Bearer <key>".',
    { extensions: { http: { status: 401, headers: { 'www-authenticate': 'Bearer' } } } },
  )

/**
 * Knows the viewer before the body is read: nothing of a stranger's document is parsed or validated,
 * so neither limits nor "did you mean" have to hold against strangers.
 */
export const useIdentity = ({ authenticate }: { readonly authenticate: Authenticate }): GatewayPlugin => ({
  async onRequestParse({ request, serverContext: { exchange } }) {
    exchange.viewer = await authenticate(request, exchange.connection)
    if (exchange.viewer === null) throw unauthenticated()
  },
})
