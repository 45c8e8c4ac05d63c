import {
  type Extension,
  type Route,
  type RouteRequest,
  type RouteResponse,
  TrellisError,
  UserErrors,
} from '@trellis/sdk'
import { withinDeadline } from '../background/index.ts'
import {
  type Composition,
  extensionFailure,
  extensionUnavailable,
  permittedRoles,
} from '../composition/index.ts'
import { systemViewer } from '../database/system-user.ts'
import type { ContextOwner, createContexts } from '../gateway/context/index.ts'
import { assertPermitted } from '../gateway/permissions/assert-permitted.ts'
import type { GatewayResponse, GatewayRoute, RouteFacts } from '../gateway/routes/router.ts'
import { placed, plainResponse } from './module-routes.ts'

export interface ExtensionRoutesOptions extends Pick<ReturnType<typeof createContexts>, 'createOwnContext'> {
  readonly composition: Composition
  /** What the contexts of an extension's code are made for, by its name. */
  readonly owners: ReadonlyMap<string, ContextOwner>
  /** Done before code acts as the system for the first time. */
  readonly prepareSystem: () => Promise<void>
}

/** How long a route may take to begin its answer. */
const deadlineMs = 10_000

/** Bytes of a body at most, unless the route says so. */
const usualLimit = 1_048_576

/** The routes of extensions, below `/extensions/<name>`: what one throws is told with its name, and costs nobody else. */
export function extensionRoutes(options: ExtensionRoutesOptions): readonly GatewayRoute[] {
  const { composition, prepareSystem } = options
  let prepared: Promise<void> | null = null
  const prepareOnce = (): Promise<void> => {
    prepared ??= prepareSystem().catch((failure: unknown) => {
      prepared = null
      throw failure
    })
    return prepared
  }
  return composition.extensions.flatMap(({ name, status, extension }) =>
    placed(routesOf(extension)).map(({ method, path, route }): GatewayRoute => {
      const place = { method, path: `/extensions/${name}${path}` }
      const coordinate = `${method} ${place.path}`
      const answer = (request: RouteRequest, facts: RouteFacts): Promise<GatewayResponse> => {
        if (status !== 'ENABLED') throw withStatus(503, extensionUnavailable(name, coordinate, null))
        return call(request, facts, { ...options, name, route, coordinate })
      }
      if (route.authentication !== 'none') {
        const roles = permittedRoles(extension, `${method} ${path}`)
        return {
          ...place,
          async handle(request, facts) {
            assertPermitted(facts.viewer, { name: coordinate, owner: name, roles })
            return answer(request, facts)
          },
        }
      }
      return {
        ...place,
        authentication: 'none',
        async handle(request, facts) {
          await prepareOnce()
          return answer(request, { ...facts, viewer: systemViewer })
        },
      }
    }),
  )
}

const routesOf = ({ routes = {} }: Extension) => routes

interface CallOptions extends ExtensionRoutesOptions {
  readonly name: string
  readonly route: Route
  readonly coordinate: string
}

async function call(
  request: RouteRequest,
  facts: RouteFacts,
  { name, route, coordinate, owners, createOwnContext }: CallOptions,
): Promise<GatewayResponse> {
  const owner = owners.get(name)
  if (!owner) throw new Error(`There is no extension ${name} to make a context for.`)
  const { bodyLimitBytes = usualLimit } = route
  try {
    const response = await withinDeadline(
      async late => {
        // Who asks may hang up after the answer has begun, too.
        const signal = AbortSignal.any([late, facts.signal])
        return route.handle(
          { ...request, body: limited(request.body, bodyLimitBytes) },
          createOwnContext({ ...facts, signal }, owner),
        )
      },
      { deadlineMs, signal: facts.signal, what: `${coordinate} of ${name}` },
    )
    return plainResponse(checked(response))
  } catch (thrown) {
    if (thrown instanceof UserErrors) throw thrown
    const failure = extensionFailure(name, coordinate, thrown)
    throw failure instanceof TrellisError && failure.code === 'EXTENSION_FAILED'
      ? withStatus(502, failure)
      : failure
  }
}

/** An extension may be JavaScript, so that nobody else has checked. */
function checked(response: RouteResponse | Response): RouteResponse | Response {
  const status: unknown = response?.status
  if (typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599)
    return response
  throw new Error(`The answer has the status ${String(status)}; 200 to 599 are allowed.`)
}

/** The same bytes. @throws TrellisError `PAYLOAD_TOO_LARGE` with the chunk that goes beyond the limit */
async function* limited(body: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Uint8Array, void> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.byteLength
    if (size > limit)
      throw new TrellisError('PAYLOAD_TOO_LARGE', `The body is over the limit of ${limit} bytes.`)
    yield chunk
  }
}

const withStatus = (status: number, { code, message, cause, extensions }: TrellisError): TrellisError =>
  new TrellisError(code, message, { cause, extensions: { ...extensions, http: { status } } })
