import type { Context } from '@trellis/sdk'
import type { GraphQLResolveInfo } from 'graphql'
import { answerAlias, type Question, variablesFor } from './plan-request.ts'
import { type ErrorTree, firstError, property, readErrors } from './remote-errors.ts'
import type { RemoteSchema } from './remote-schema.ts'
import { createRequestPlans } from './request-plans.ts'
import type { Transport } from './transport.ts'
import { WrongRemoteAnswer } from './wrong-remote-answer.ts'

/** What a remote answered to a question, and the errors that it had on the way. */
export interface Answer {
  readonly value: unknown
  readonly errors: ErrorTree | null
}

/** A question that others may still add to until it is sent. */
export interface OpenQuestion {
  /** Read when the request is sent. */
  readonly question: () => Question
  /** Of a lookup. */
  readonly keys?: () => readonly unknown[]
}

/** The questions of one request to the gateway, until they are sent together. */
export interface Gathering {
  add(asked: OpenQuestion): Promise<Answer>
}

/**
 * Asks a remote. Whatever is asked in one turn, by however many fields and for however many parents, is one upstream
 * request; a gathering belongs to one context, so that no two requests share one.
 */
export function createGatherer(remote: RemoteSchema, transport: Transport) {
  const plansFor = createRequestPlans(remote)
  const contexts = new WeakMap<Context, Gathering>()

  async function send(
    open: readonly OpenQuestion[],
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<readonly (() => Answer)[]> {
    const plan = plansFor(
      open.map(({ question }) => question()),
      info,
    )
    const variables = variablesFor(plan, info.variableValues)
    for (const [index, { keys }] of open.entries()) if (keys) variables[plan.keysOf(index)] = keys()
    const result = await transport.execute(
      { document: plan.document, variables, operationType: 'query' },
      context,
    )
    const read = readResult(result)
    return open.map((_, index) => () => read(index))
  }

  function start(context: Context, info: GraphQLResolveInfo): Gathering {
    const questions: OpenQuestion[] = []
    const sent = endOfTurn().then(() => {
      contexts.delete(context)
      return send(questions, context, info)
    })
    return {
      add(asked) {
        const index = questions.push(asked) - 1
        return sent.then(answers => answers[index]?.() ?? nothing)
      },
    }
  }

  return {
    plansFor,
    /** The questions that are being gathered for a context; whoever asks for them adds one. */
    of(context: Context, info: GraphQLResolveInfo): Gathering {
      const gathering = contexts.get(context) ?? start(context, info)
      contexts.set(context, gathering)
      return gathering
    },
  }
}

const nothing: Answer = { value: undefined, errors: null }

/** After all promises of this turn, as DataLoader waits: fields whose parents come by other loaders are still in time. */
const endOfTurn = (): Promise<void> =>
  new Promise(resolve => void Promise.resolve().then(() => process.nextTick(resolve)))

/** An answer by question. An error without a place is of every question that has nothing. */
export function readResult(result: unknown): (question: number) => Answer {
  const data = property(result, 'data')
  const errors = readErrors(property(result, 'errors'))
  return question => {
    const alias = answerAlias(question)
    const value = property(data, alias)
    const own = errors?.below.get(alias) ?? null
    if (value !== undefined && value !== null) return { value, errors: own }
    const error = firstError(own) ?? (value === null ? errors?.here[0] : firstError(errors))
    if (error) throw error
    if (value === undefined) throw new WrongRemoteAnswer('it answered nothing')
    return { value, errors: own }
  }
}
