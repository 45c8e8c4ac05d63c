import type { FieldNode, GraphQLResolveInfo, OperationDefinitionNode } from 'graphql'
import { createRequestPlanner, type Question, type RequestPlan } from './plan-request.ts'
import type { RemoteSchema } from './remote-schema.ts'

interface Kept {
  readonly questions: readonly Question[]
  readonly plan: RequestPlan
}

/** Conditions make an operation ask for different fields; so many combinations are kept. */
const most = 32

/** Plans by operation and what is asked at once: they go when the operation goes, as its document is forgotten. */
export function createRequestPlans(remote: RemoteSchema) {
  const planRequest = createRequestPlanner(remote)
  const operations = new WeakMap<OperationDefinitionNode, Kept[]>()
  return (questions: readonly Question[], info: GraphQLResolveInfo): RequestPlan => {
    const kept = operations.get(info.operation) ?? []
    const known = kept.find(candidate => isSame(candidate.questions, questions))
    if (known) return known.plan
    const plan = planRequest(questions, info)
    if (kept.length >= most) kept.shift()
    kept.push({ questions, plan })
    operations.set(info.operation, kept)
    return plan
  }
}

const isSame = (one: readonly Question[], other: readonly Question[]): boolean =>
  one.length === other.length &&
  one.every((question, index) => {
    const twin = other[index]
    return (
      twin !== undefined &&
      twin.kind === question.kind &&
      twin.type === question.type &&
      twin.fields.length === question.fields.length &&
      twin.fields.every((nodes, place) => isSameNodes(nodes, question.fields[place] ?? []))
    )
  })

export const isSameNodes = (one: readonly FieldNode[], other: readonly FieldNode[]): boolean =>
  one === other || (one.length === other.length && one.every((node, index) => node === other[index]))
