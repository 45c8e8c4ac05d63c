import { TrellisError } from '@trellis/sdk'
import type { FetchAPI } from 'graphql-yoga'
import { describeFailure } from '../../lib/describe-failure.ts'
import { headerPairs } from '../../lib/header-pairs.ts'
import type { Exchange, GatewayPlugin } from '../exchange.ts'
import { bytesOf, streamOf } from '../routes/bytes.ts'
import { routeRefusal } from '../routes/refusal.ts'
import type { FoundRoutes, GatewayResponse } from '../routes/router.ts'
import { nativeSignal } from './use-context.ts'
import { assertOwnSite, type CrossSiteOptions } from './use-cross-site-guard.ts'
import { type Authenticate, unauthenticated } from './use-identity.ts'

export interface RoutesOptions extends CrossSiteOptions {
  readonly authenticate: Authenticate
}

const methodNotAllowed = (method: string, { routes }: FoundRoutes): TrellisError => {
  const allowed = [...routes.keys()].flatMap(name => (name === 'GET' ? ['GET', 'HEAD'] : [name])).join(', ')
  return new TrellisError('BAD_REQUEST', `${method} is not allowed here; ${allowed} are.`, {
    extensions: { http: { status: 405, headers: { allow: allowed } } },
  })
}

/**
 * Answers addresses beside GraphQL, by the same steps in the same order: where the request comes from, who asks,
 * and only then what is asked. How large a body may be is the route's to say.
 */
export function useRoutes({ authenticate, isAllowed }: RoutesOptions): GatewayPlugin {
  const answer = async (
    request: Request,
    query: URLSearchParams,
    { exchange, found }: { exchange: Exchange; found: FoundRoutes },
  ): Promise<GatewayResponse> => {
    const { method, headers } = request
    const { requestId, log } = exchange
    const route = found.routes.get(method === 'HEAD' ? 'GET' : method)
    const asked = { method, headers, query, parameters: found.parameters, body: bytesOf(request) }
    const facts = { requestId, log, signal: nativeSignal(request) }
    // It knows by itself who asks, and a browser's page has nothing to send along that would tell it.
    if (route?.authentication === 'none') return route.handle(asked, facts)
    assertOwnSite(headers, isAllowed)
    const viewer = await authenticate(request, exchange.connection)
    exchange.viewer = viewer
    if (viewer === null) throw unauthenticated()
    if (!route) throw methodNotAllowed(method, found)
    return route.handle(asked, { ...facts, viewer })
  }

  const responseOf = (
    { status, headers: given = {}, body = '' }: GatewayResponse,
    { method, exchange, fetchAPI }: { method: string; exchange: Exchange; fetchAPI: FetchAPI },
  ): Response => {
    const headers = headerPairs(given)
    if (method === 'HEAD' || body === '') return new fetchAPI.Response(null, { status, headers })
    if (typeof body === 'string') return new fetchAPI.Response(body, { status, headers })
    const stream = streamOf(body, {
      cutOff: exchange.connection.cutOff,
      onFailure: failure =>
        exchange.log.error({ failure: describeFailure(failure) }, 'an answer could not be sent whole'),
    })
    return new fetchAPI.Response(stream, { status, headers })
  }

  const refuse = (thrown: unknown, { requestId, log }: Exchange): GatewayResponse => {
    const { status, headers, body, failure } = routeRefusal(thrown, requestId)
    if (failure !== null) log.error({ failure: describeFailure(failure) }, 'a route failed')
    return {
      status,
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
      body: JSON.stringify(body),
    }
  }

  return {
    onRequest({ request, url, fetchAPI, serverContext: { exchange }, ...hook }) {
      const found = exchange.generation.router.find(url.pathname)
      if (!found) return
      const facts = { method: request.method, exchange, fetchAPI }
      return answer(request, url.searchParams, { exchange, found })
        .catch((thrown: unknown) => refuse(thrown, exchange))
        .then(response => hook.endResponse(responseOf(response, facts)))
    },
  }
}
