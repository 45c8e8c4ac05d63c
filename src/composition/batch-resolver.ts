import type { Context } from '@trellis/sdk'
import DataLoader from 'dataloader'
import type { GraphQLOutputType } from 'graphql'
import { argumentsKey } from './arguments-key.ts'
import type { AnyBatchField } from './batch-fields.ts'
import { checkedAnswers } from './checked-answers.ts'
import { extensionFailure } from './extension-failure.ts'
import { checkedLeaves, withFailures } from './leaf-values.ts'
import { isEntries, type Resolve } from './resolver-map.ts'

type Loaders = Map<string, DataLoader<unknown, unknown>>

/** What all parents of one call have in common. */
interface Question {
  readonly args: Readonly<Record<string, unknown>>
  readonly context: Context
  readonly type: GraphQLOutputType
}

export interface BatchResolverOptions {
  /** The extension's name. */
  readonly extension: string
  readonly coordinate: string
  readonly field: AnyBatchField
}

/**
 * The resolver of a batch field: gathers the parents of one level of the query and calls `batch` once
 * for them and each set of arguments. What fails costs this field only.
 */
export function batchResolver({ extension, coordinate, field }: BatchResolverOptions): Resolve {
  // By request: nothing that was read for one viewer is seen by another.
  const requests = new WeakMap<Context, Loaders>()
  const failure = (thrown: unknown): Error => extensionFailure(extension, coordinate, thrown)

  const createLoader = (question: Question): DataLoader<unknown, unknown> =>
    new DataLoader(
      async parents => {
        // Aliases and repeated records ask for one parent more than once.
        const distinct = [...new Set(parents)]
        const answers = await answersTo(question, distinct)
        const byParent = new Map(distinct.map((parent, index) => [parent, answers[index]]))
        return parents.map(parent => byParent.get(parent))
      },
      // A later level of the query, or a later mutation, asks again: what was answered may have changed.
      { cache: false },
    )

  const answersTo = async (
    { args, context, type }: Question,
    parents: readonly unknown[],
  ): Promise<readonly unknown[]> => {
    try {
      const picked = parents.map(parent => pick(parent, field.requires))
      const answers: unknown = await Reflect.apply(field.batch, field, [picked, args, context])
      const items = await checkedAnswers(answers, parents.length)
      return items.map(item => withFailures(checkedLeaves(item, type), failure))
    } catch (thrown) {
      const error = failure(thrown)
      return parents.map(() => error)
    }
  }

  const loaderFor = (question: Question): DataLoader<unknown, unknown> => {
    const loaders: Loaders = requests.get(question.context) ?? new Map()
    requests.set(question.context, loaders)
    const key = argumentsKey(question.args)
    const loader = loaders.get(key) ?? createLoader(question)
    loaders.set(key, loader)
    return loader
  }

  return (parent, args, context, info) => {
    try {
      return loaderFor({ args, context, type: info.returnType }).load(parent)
    } catch (thrown) {
      throw failure(thrown)
    }
  }
}

/** A parent as the extension sees it: a copy, of the fields that it requires and nothing else. */
const pick = (parent: unknown, names: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(names.map(name => [name, isEntries(parent) ? parent[name] : undefined]))
