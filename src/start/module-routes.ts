import type { RouteResponse, Routes, Storage } from '@trellis/sdk'
import { coreDomain } from '../gateway/context/domain.ts'
import type { createContexts } from '../gateway/context/index.ts'
import type { GatewayResponse, GatewayRoute } from '../gateway/routes/router.ts'
import { headerPairs } from '../lib/header-pairs.ts'
import { type RoutePlace, routePlaceOf } from '../lib/route-key.ts'
import { modules } from '../modules/index.ts'

export interface ModuleRoutesOptions extends Pick<ReturnType<typeof createContexts>, 'createOwnContext'> {
  /** The core's own. */
  readonly storage: Storage
}

/** The routes of the core's modules, each request with a context of its own. */
export const moduleRoutes = ({ createOwnContext, storage }: ModuleRoutesOptions): readonly GatewayRoute[] =>
  modules.flatMap(({ routes = {} }) =>
    placed(routes).map(({ method, path, route }) => ({
      method,
      path,
      handle: async (request, facts) =>
        plainResponse(await route.handle(request, createOwnContext(facts, { domain: coreDomain, storage }))),
    })),
  )

type PlacedRoute = RoutePlace & { readonly route: Exclude<Routes[string], (...given: never) => unknown> }

/** Routes with their places; what composition has refused already is left out. */
export const placed = (routes: Routes): readonly PlacedRoute[] =>
  Object.entries(routes).flatMap(([key, route]) => {
    const place = routePlaceOf(key)
    return place ? [{ ...place, route: typeof route === 'function' ? { handle: route } : route }] : []
  })

/** A Response of the platform's in parts. */
export const plainResponse = (response: RouteResponse | Response): GatewayResponse =>
  response instanceof Response
    ? {
        status: response.status,
        headers: headerPairs(response.headers),
        ...(response.body && { body: response.body }),
      }
    : response
