import { getNamedType, isObjectType, type OperationDefinitionNode } from 'graphql'
import { meaningOf } from '../field-meaning.ts'
import { collectFields, type OperationText } from './collect-fields.ts'
import { type ListPlan, planList, planRecord, type RecordPlan } from './plan.ts'
import { argumentsReader, type Variables } from './read-arguments.ts'

/** An operation that the database answers alone, field by field of `Query`. */
export type AnswerPlan = readonly AnsweredField[]

export type AnsweredField =
  | { readonly kind: 'typename'; readonly key: string }
  | {
      readonly kind: 'record'
      readonly key: string
      readonly record: RecordPlan
      readonly idOf: (variables: Variables) => unknown
    }
  | { readonly kind: 'list'; readonly key: string; readonly list: ListPlan }

/** Root fields at most: each is a statement, and they are sent side by side. */
const mostFields = 5

/** @returns `null` where resolvers have a say in the answer */
export function planAnswer(text: OperationText, operation: OperationDefinitionNode): AnswerPlan | null {
  const type = text.schema.getQueryType()
  if (operation.operation !== 'query' || (operation.directives?.length ?? 0) > 0 || !type) return null
  const fields = collectFields(text, type, [operation])
  if (fields === null || fields.length > mostFields) return null
  const planned: AnsweredField[] = []
  for (const field of fields) {
    const { key, nodes, isConditional } = field
    if (isConditional) return null
    const name = nodes[0]?.name.value ?? ''
    if (name === '__typename') {
      planned.push({ kind: 'typename', key })
      continue
    }
    const definition = type.getFields()[name]
    const meaning = definition && meaningOf(definition)
    if (!definition || !isObjectType(getNamedType(definition.type))) return null
    if (meaning?.kind === 'record') {
      const plan = planRecord(text, meaning.target, nodes)
      if (!plan?.isComplete) return null
      const read = argumentsReader(definition, nodes)
      planned.push({ kind: 'record', key, record: plan.root, idOf: variables => read(variables)['id'] })
    } else if (meaning?.kind === 'records') {
      const plan = planList(text, meaning.target, { ...field, definition })
      if (!plan?.isComplete) return null
      planned.push({ kind: 'list', key, list: plan.root })
    } else return null
  }
  return planned.some(({ kind }) => kind !== 'typename') ? planned : null
}
