import type { Extension } from '@trellis/sdk'
import type { GraphQLSchema } from 'graphql'
import type { Draft } from './draft.ts'
import type { Finding } from './finding.ts'
import type { Ownership } from './ownership.ts'
import type { ExtensionSubschema } from './subschema.ts'

/** What checking found, before anything answers. */
export interface Checked {
  readonly installed: readonly ExtensionSubschema[]
  readonly draft: Draft
  readonly ownership: Ownership
  readonly findings: readonly Finding[]
  /** A schema that nothing answers yet; another one each time, since whoever takes it makes it answer. */
  readonly takeSchema: () => GraphQLSchema
}

/** What is asked when extensions are composed with a core. */
export interface CheckedQuestion {
  readonly extensions: readonly Extension[]
  readonly trellisVersion: string
  /** Names of those that are switched off. */
  readonly disabled: ReadonlySet<string>
  readonly strict: boolean
}

/**
 * What was checked with one core. Code and SDL do not change while a process runs, so the same extensions fit
 * it as they did before: a decision is checked when it is planned, and only built when it is followed.
 */
export interface CheckedBefore {
  /** @throws what `check` throws, which is not remembered */
  readonly answer: (question: CheckedQuestion, check: () => Checked) => Checked
}

/** Remembers the latest few; an answer is some megabytes. */
export function createCheckedBefore(atMost = 4): CheckedBefore {
  const known: { readonly question: CheckedQuestion; readonly checked: Checked }[] = []
  return {
    answer(question, check) {
      const place = known.findIndex(before => isSame(before.question, question))
      const [found = { question, checked: check() }] = place < 0 ? [] : known.splice(place, 1)
      known.push(found)
      if (known.length > atMost) known.shift()
      return found.checked
    },
  }
}

const isSame = (left: CheckedQuestion, right: CheckedQuestion): boolean =>
  left.strict === right.strict &&
  left.trellisVersion === right.trellisVersion &&
  left.disabled.symmetricDifference(right.disabled).size === 0 &&
  left.extensions.length === right.extensions.length &&
  left.extensions.every((extension, place) => extension === right.extensions[place])
