import DataLoader from 'dataloader'
import type { Context } from '../sdk/index.ts'
import { argumentsKey } from './arguments-key.ts'
import type { AnyBatchField } from './batch-fields.ts'
import { checkedAnswers } from './checked-answers.ts'
import { extensionFailure } from './extension-failure.ts'
import { isEntries, type Resolve } from './resolver-map.ts'

type Loaders = Map<string, DataLoader<unknown, unknown>>

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

  const createLoader = (
    args: Readonly<Record<string, unknown>>,
    context: Context,
  ): DataLoader<unknown, unknown> =>
    new DataLoader(
      async parents => {
        // Aliases and repeated records ask for one parent more than once.
        const distinct = [...new Set(parents)]
        const answers = await answersFor(distinct, args, context)
        const byParent = new Map(distinct.map((parent, index) => [parent, answers[index]]))
        return parents.map(parent => byParent.get(parent))
      },
      // A later level of the query, or a later mutation, asks again: what was answered may have changed.
      { cache: false },
    )

  const answersFor = async (
    parents: readonly unknown[],
    args: Readonly<Record<string, unknown>>,
    context: Context,
  ): Promise<readonly unknown[]> => {
    try {
      const picked = parents.map(parent => pick(parent, field.requires))
      const answers: unknown = await Reflect.apply(field.batch, field, [picked, args, context])
      return (await checkedAnswers(answers, parents.length)).map(answer =>
        answer instanceof Error ? failure(answer) : answer,
      )
    } catch (thrown) {
      const error = failure(thrown)
      return parents.map(() => error)
    }
  }

  const loaderFor = (
    args: Readonly<Record<string, unknown>>,
    context: Context,
  ): DataLoader<unknown, unknown> => {
    const loaders: Loaders = requests.get(context) ?? new Map()
    requests.set(context, loaders)
    const key = argumentsKey(args)
    const loader = loaders.get(key) ?? createLoader(args, context)
    loaders.set(key, loader)
    return loader
  }

  return (parent, args, context) => {
    try {
      return loaderFor(args, context).load(parent)
    } catch (thrown) {
      throw failure(thrown)
    }
  }
}

/** A parent as the extension sees it: a copy, of the fields that it requires and nothing else. */
const pick = (parent: unknown, names: readonly string[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(names.map(name => [name, isEntries(parent) ? parent[name] : undefined]))
