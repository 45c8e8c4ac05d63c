import type { GatewayPlugin } from '../exchange.ts'
import type { AcceptedTypes } from './accepted-types.ts'

/** Learns the outcome of Yoga's negotiation of content types, so that it need not be repeated. */
export const useAcceptedTypes = (types: AcceptedTypes): GatewayPlugin => ({
  onResponse({ request, response, serverContext: { exchange } }) {
    if (exchange.operation === null || request.method !== 'POST' || response.status !== 200) return
    types.learn(request.headers.get('accept'), response.headers.get('content-type'))
  },
})
