import type { Storage } from '@trellis/sdk'
import { coreDomain } from '../gateway/context/domain.ts'
import type { createContexts } from '../gateway/context/index.ts'
import type { GatewayRoute } from '../gateway/routes/router.ts'
import { modules } from '../modules/index.ts'

export interface ModuleRoutesOptions extends Pick<ReturnType<typeof createContexts>, 'createOwnContext'> {
  /** The core's own. */
  readonly storage: Storage
}

/** The routes of the core's modules, each request with a context of its own. */
export const moduleRoutes = ({ createOwnContext, storage }: ModuleRoutesOptions): readonly GatewayRoute[] =>
  modules
    .flatMap(({ routes = [] }) => routes)
    .map(({ method, path, handle }) => ({
      method,
      path,
      handle: (request, facts) => handle(request, createOwnContext(facts, { domain: coreDomain, storage })),
    }))
