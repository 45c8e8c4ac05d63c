import type { RouteContext, Storage } from '@trellis/sdk'
import type { GatewayRoute, RouteFacts } from '../gateway/routes/router.ts'
import { modules } from '../modules/index.ts'

export interface ModuleRoutesOptions {
  readonly createRouteContext: (facts: RouteFacts, storage: Storage) => RouteContext
  /** The core's own. */
  readonly storage: Storage
}

/** The routes of the core's modules, each request with a context of its own. */
export const moduleRoutes = ({ createRouteContext, storage }: ModuleRoutesOptions): readonly GatewayRoute[] =>
  modules
    .flatMap(({ routes = [] }) => routes)
    .map(({ method, path, handle }) => ({
      method,
      path,
      handle: (request, facts) => handle(request, createRouteContext(facts, storage)),
    }))
