import type { Context } from '@trellis/sdk'
import DataLoader from 'dataloader'
import type { GraphQLOutputType } from 'graphql'
import { storedValue } from '../delegation/index.ts'
import { type Level, levelPlaceOf } from '../entity/index.ts'
import { isThenable } from '../lib/thenable.ts'
import { type Call, isFault } from '../supervision/index.ts'
import { argumentsKey } from './arguments-key.ts'
import type { AnyBatchField } from './batch-fields.ts'
import { checkedAnswers } from './checked-answers.ts'
import { extensionFailure } from './extension-failure.ts'
import type { Guard } from './guard-resolver.ts'
import { checkedLeaves, WrongValue, withFailures } from './leaf-values.ts'
import type { Resolve } from './resolver-map.ts'

type Loaders = Map<string, DataLoader<unknown, unknown>>

/** What all parents of one call have in common. */
interface Question {
  readonly args: Readonly<Record<string, unknown>>
  readonly context: Context
  readonly type: GraphQLOutputType
}

export interface BatchResolverOptions extends Guard {
  readonly field: AnyBatchField
}

/** One answer a parent; errors in place of those that failed. */
type Answers = readonly unknown[]

/**
 * The resolver of a batch field: calls `batch` once for all parents of one level of the query and each set of
 * arguments. Parents that were read together are known at once, and answered without a promise where
 * `batch` has none; others are gathered until the turn is over. What fails costs this field only.
 */
export function batchResolver({ extension, supervised, scoped, field }: BatchResolverOptions): Resolve {
  // By request, and by records that were read for one: nothing that was read for one viewer is seen by another.
  const requests = new WeakMap<Context, Loaders>()
  const levels = new WeakMap<Level, Map<string, Answers | Promise<Answers>>>()
  const isFaultOf = (item: unknown): boolean => item instanceof Error && isFault(extension, item)
  const failure = (thrown: unknown): Error => extensionFailure(extension, supervised.coordinate, thrown)

  const answersTo = (
    { args, context, type }: Question,
    parents: readonly unknown[],
  ): Answers | Promise<Answers> => {
    const work = (): Answers | Promise<Answers> => {
      const picked = parents.map(parent => pick(parent, field.requires))
      const answers: unknown = Reflect.apply(field.batch, field, [picked, args, scoped(context)])
      return isThenable(answers)
        ? Promise.resolve(answers).then(settled => checkedAnswers(settled, parents.length))
        : checkedAnswers(answers, parents.length)
    }
    const check = (items: Answers, call: Call): Answers => {
      let failures = 0
      const failureOf = (thrown: unknown): Error => {
        failures += 1
        if (thrown instanceof WrongValue) call.isWrong = true
        return failure(thrown)
      }
      const checked = items.map(item => withFailures(checkedLeaves(item, type), failureOf))
      // An error in place of an item is that item's; one in place of each is the extension's.
      if (failures > 0 && items.every(isFaultOf)) call.isWrong = true
      return checked
    }
    const failed = (thrown: unknown): Answers => {
      const error = failure(thrown)
      return parents.map(() => error)
    }
    return supervised.run(context, work, { check, failed })
  }

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

  const loaderFor = (question: Question): DataLoader<unknown, unknown> => {
    const loaders: Loaders = requests.get(question.context) ?? new Map()
    requests.set(question.context, loaders)
    const key = argumentsKey(question.args)
    const loader = loaders.get(key) ?? createLoader(question)
    loaders.set(key, loader)
    return loader
  }

  const answersOf = (question: Question, level: Level): Answers | Promise<Answers> => {
    const key = argumentsKey(question.args)
    const asked = levels.get(level)
    const known = asked?.get(key)
    if (known) return known
    const answers = answersTo(question, level.records)
    if (asked) asked.set(key, answers)
    else levels.set(level, new Map([[key, answers]]))
    return answers
  }

  return (parent, args, context, info) => {
    const question = { args, context, type: info.returnType }
    const place = levelPlaceOf(parent)
    let answers: Answers | Promise<Answers>
    try {
      if (place === null) return loaderFor(question).load(parent)
      answers = answersOf(question, place.level)
    } catch (thrown) {
      throw failure(thrown)
    }
    const { index } = place
    return isThenable(answers) ? answers.then(items => answered(items[index])) : answered(answers[index])
  }
}

function answered(item: unknown): unknown {
  if (item instanceof Error) throw item
  return item
}

/** A parent as the extension sees it: a copy, of the fields that it requires and nothing else. */
function pick(parent: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  const picked: Record<string, unknown> = {}
  for (const name of names) picked[name] = storedValue(parent, name)
  return picked
}
