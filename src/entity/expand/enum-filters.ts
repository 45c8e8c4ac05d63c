import type { EnumTypeDefinitionNode } from 'graphql'
import { withArticle, wordsOf } from '../naming.ts'
import { block } from './sdl.ts'

/** A filter input for each enum that modules declare. */
export const enumFilters = (enums: readonly EnumTypeDefinitionNode[]): string =>
  enums
    .map(({ name: { value: name } }) =>
      block(`input ${name}Filter`, `Conditions on ${withArticle(wordsOf(name))}; all of them hold.`, [
        { name: 'eq', rest: `: ${name}`, description: 'Is this one.' },
        { name: 'ne', rest: `: ${name}`, description: 'Is not this one.' },
        { name: 'in', rest: `: [${name}!]`, description: 'Is one of these.' },
        { name: 'notIn', rest: `: [${name}!]`, description: 'Is none of these.' },
        { name: 'isNull', rest: ': Boolean', description: 'Has no value (`true`), or any (`false`).' },
      ]),
    )
    .join('\n')
