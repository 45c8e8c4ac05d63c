import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DocumentNode } from 'graphql'
import { createYoga } from 'graphql-yoga'
import type { Logger } from 'pino'
import type { Config } from '../config/index.ts'
import { createSupervision, type Supervision } from '../supervision/index.ts'
import { createKnownOperations } from './compiled/known-operations.ts'
import { createAcceptedTypes } from './direct/accepted-types.ts'
import { createDirectAnswers } from './direct/answer-directly.ts'
import { hasSmallBody } from './direct/read-small-body.ts'
import { useAcceptedTypes } from './direct/use-accepted-types.ts'
import { useDirectResult } from './direct/use-direct-result.ts'
import { createDocumentCache } from './document-cache.ts'
import { type Connection, createExchange, type GatewayPlugin, type ServerContext } from './exchange.ts'
import type { Generation } from './generation.ts'
import type { SampleOperation } from './graphiql-page.ts'
import { type Listening, listen } from './listen.ts'
import { createMetrics } from './metrics/create-metrics.ts'
import type { ServiceDrift } from './metrics/drift-metrics.ts'
import { createTraffic } from './metrics/traffic.ts'
import { createOriginPolicy } from './origin-policy.ts'
import { useAccessLog } from './plugins/use-access-log.ts'
import { useAttribution } from './plugins/use-attribution.ts'
import { useCheckedVariables } from './plugins/use-checked-variables.ts'
import { type ExecutionOptions, useCompiledExecution } from './plugins/use-compiled-execution.ts'
import { useContext, useContextOfOperation } from './plugins/use-context.ts'
import { useCors } from './plugins/use-cors.ts'
import { createCostPlugins } from './plugins/use-costs.ts'
import { useCrossSiteGuard } from './plugins/use-cross-site-guard.ts'
import { useCurrentSchema } from './plugins/use-current-schema.ts'
import { useDocumentLimits } from './plugins/use-document-limits.ts'
import { useGraphiQL } from './plugins/use-graphiql.ts'
import { type Readiness, useHealth } from './plugins/use-health.ts'
import { type Authenticate, useIdentity } from './plugins/use-identity.ts'
import { useKnownOperations } from './plugins/use-known-operations.ts'
import { useMaskedErrors } from './plugins/use-masked-errors.ts'
import { useMetrics } from './plugins/use-metrics.ts'
import { useOperationFacts } from './plugins/use-operation-facts.ts'
import { useParameters } from './plugins/use-parameters.ts'
import { useRequestId } from './plugins/use-request-id.ts'
import { useRoutes } from './plugins/use-routes.ts'
import { useSchemaText } from './plugins/use-schema-text.ts'
import { useSoundVariables } from './plugins/use-sound-variables.ts'
import { useValidationLimit } from './plugins/use-validation-limit.ts'

export interface GatewayOptions extends ExecutionOptions {
  readonly config: Pick<
    Config,
    'host' | 'port' | 'database' | 'mode' | 'corsOrigins' | 'bodyLimitBytes' | 'drainSeconds'
  > &
    Partial<Pick<Config, 'metricsToken'>>
  /** The one of now; asked once per request, so that it can be swapped whole. */
  readonly generation: () => Generation
  readonly authenticate: Authenticate
  /**
   * Around the execution of operations, innermost first; queries that came before may pass them by, so they are
   * for mutations. @default none
   */
  readonly plugins?: readonly GatewayPlugin[]
  readonly health: { readonly ready: () => Promise<Readiness> }
  /** The watch over the extensions, whose figures are shown. @default one that has nothing to see */
  readonly supervision?: Supervision
  /** In how many ways services elsewhere are not what they are pinned to, for metrics. @default none is known */
  readonly drifts?: () => Iterable<ServiceDrift>
  readonly log: Logger
  /** Operations in GraphiQL's tabs; the first is the one in front. @default none */
  readonly samples?: readonly SampleOperation[]
}

export interface Gateway {
  /** Answers a request without a socket, as tests do. */
  readonly fetch: (request: Request, connection?: Connection) => Promise<Response>
  /** @throws Error that names host and port and says what to do, when they are not to be had */
  readonly listen: () => Promise<Listening>
}

/** HTTP requests in, responses out; knows no domain. */
export function createGateway({
  config,
  generation: currentGeneration,
  authenticate,
  plugins = [],
  health,
  supervision = createSupervision(),
  drifts = () => [],
  log,
  samples = [],
  ...execution
}: GatewayOptions): Gateway {
  const isDevelopment = config.mode === 'development'
  const isAllowed = createOriginPolicy(config)
  let draining = false
  const documents = createDocumentCache<DocumentNode>()
  const known = createKnownOperations()
  const acceptedTypes = createAcceptedTypes()
  const traffic = createTraffic()
  const { useAskedCosts, useNotedCosts } = createCostPlugins({ supervision, isOpen: isDevelopment })
  const metrics = createMetrics({ traffic, supervision, drifts })

  const yoga = createYoga<ServerContext>({
    // Ours say the same in our codes and words; see the list.
    cors: false,
    graphiql: false,
    landingPage: false,
    logging: false,
    maskedErrors: false,
    maxRequestBodySize: false,
    multipart: false,
    parserAndValidationCache: { documentCache: documents, errorCache: createDocumentCache() },
    plugins: [
      // Every answer, whoever gives it, has an id and a line in the log: so these two come first.
      useRequestId({ log }),
      useAccessLog({ traffic }),
      useCors({ isAllowed }),

      useAcceptedTypes(acceptedTypes),

      // Pages beside the operations. They answer by themselves, so they stand before what only operations need.
      useHealth({ ready: health.ready, draining: () => draining }),
      useMetrics({ metrics, token: config.metricsToken ?? null }),
      useGraphiQL({ samples, needsKey: !isDevelopment || config.database.url !== null }),
      useSchemaText({ authenticate, isOpen: isDevelopment }),
      useRoutes({ authenticate, isAllowed }),

      // From the cheapest refusal to the dearest: two headers, then a look-up, then the body.
      useCrossSiteGuard({ isAllowed }),
      useIdentity({ authenticate }),
      useParameters(config),
      useSoundVariables(),

      // The document.
      useCurrentSchema(),
      useDocumentLimits(),
      useOperationFacts(),
      useKnownOperations(),
      useValidationLimit(),

      // Execution. Variables are refused before a context exists. Each of the others wraps the one before it, so
      // the caller's stand around the executor, and the context is put in around them all.
      useAttribution({ supervision }),
      useDirectResult(),
      useCheckedVariables(),
      useAskedCosts(),
      useContext(),
      useCompiledExecution({ ...execution, known }),
      ...plugins,
      useNotedCosts(),
      useContextOfOperation(),

      // Sees every result last, those of failed plugins included.
      useMaskedErrors({ onError: traffic.noteError }),
    ],
  })

  /** Does the work of one request on the generation of now, which stays until it is done. */
  const onExchange = async <Result>(
    connection: Connection,
    work: (context: ServerContext) => Promise<Result>,
  ): Promise<Result> => {
    const generation = currentGeneration()
    const release = generation.hold()
    try {
      return await work({ exchange: createExchange({ connection, generation, log }) })
    } finally {
      release()
    }
  }

  return {
    fetch: (request, connection = { remoteAddress: null }) =>
      onExchange(connection, async context => yoga.fetch(request, context)),

    async listen() {
      const { host, port, drainSeconds } = config
      const answerDirectly = createDirectAnswers({
        documents,
        known,
        acceptedTypes,
        authenticate,
        isAllowed,
        traffic,
        log,
      })
      const handle = (request: IncomingMessage, response: ServerResponse): Promise<void> => {
        const connection = {
          remoteAddress: request.socket.remoteAddress ?? null,
          cutOff: () => void response.destroy(),
        }
        return onExchange(connection, async ({ exchange }) => {
          if (hasSmallBody(request, config)) {
            const outcome = await answerDirectly(request, response, exchange)
            if (outcome.kind === 'sent' || outcome.kind === 'gone') return
            if (outcome.kind === 'result') exchange.result = outcome.result
          }
          await yoga(request, response, { exchange })
        })
      }
      const isTransfer = ({ url = '' }: IncomingMessage): boolean => currentGeneration().router.isNear(url)
      const listening = await listen({ host, port, drainSeconds, handle, isTransfer, log })
      return {
        url: listening.url,
        close(options) {
          // Readiness first, so that a balancer that asks on an open connection sends nothing more. Where somebody
          // else serves at this address already, there is nothing that it should not send.
          draining = !options?.isReplaced
          return listening.close(options)
        },
      }
    },
  }
}
