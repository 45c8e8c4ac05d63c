import type { Context } from '@trellis/sdk'
import { Kind } from 'graphql'
import { withMeaning } from '../entity/index.ts'
import type { Supervision } from '../supervision/index.ts'
import { batchFieldsOf } from './batch-fields.ts'
import { batchResolver } from './batch-resolver.ts'
import { type Draft, membersOf } from './draft.ts'
import { extensionUnavailable } from './extension-failure.ts'
import { type Guard, guardCall, guardResolver } from './guard-resolver.ts'
import { entriesOf, type FieldConfig, isFieldConfig, isResolve, mapOf, type Resolve } from './resolver-map.ts'
import type { ExtensionSubschema } from './subschema.ts'

/** What goes into the schema at one place: a type as a whole when `key` is `null`, else one of its fields. */
export interface Attachment {
  readonly typeName: string
  readonly key: string | null
  readonly value: unknown
}

export interface ResolversOptions {
  readonly draft: Draft
  /** Extensions that are not running, and why. */
  readonly unavailable: ReadonlyMap<string, Error>
  readonly supervision: Supervision
  /** A request's context as the code of this extension sees it. */
  readonly contextFor: (context: Context, extension: string) => Context
}

/** All extensions' resolvers, or what answers in place of those that are not running. */
export const resolversOf = (options: ResolversOptions): readonly Attachment[] => {
  const { draft, unavailable } = options
  return draft.extensions.flatMap(subschema => {
    const cause = unavailable.get(subschema.name)
    return [
      ...(cause === undefined
        ? runningResolvers(subschema, options)
        : unavailableResolvers(subschema, draft, cause)),
    ]
  })
}

/** An extension's resolvers, each supervised and with its owner's name on what it throws. */
function* runningResolvers(
  subschema: ExtensionSubschema,
  { draft, supervision, contextFor }: ResolversOptions,
): Generator<Attachment> {
  const extension = subschema.name
  const supervisor = supervision.of(extension, subschema.extension.limits)
  const guardOf = (coordinate: string): Guard => ({
    extension,
    supervised: supervisor.field(coordinate),
    scoped: context => contextFor(context, extension),
  })
  for (const [typeName, value] of Object.entries(mapOf(subschema))) {
    const kind = draft.types.get(typeName)?.[0]?.node.kind
    if (kind === Kind.SCALAR_TYPE_DEFINITION || kind === Kind.ENUM_TYPE_DEFINITION) {
      yield { typeName, key: null, value }
      continue
    }
    // Its process answers; of the code here only what reads and writes plain values is called.
    if (subschema.remote) continue
    for (const [key, resolver] of entriesOf(value)) {
      const coordinate = `${typeName}.${key}`
      if (key.startsWith('__') || isOwner(subschema, coordinate, draft))
        yield { typeName, key, value: guarded(guardOf(coordinate), resolver) }
    }
  }
  if (subschema.remote) return
  for (const { coordinate, typeName, fieldName, field } of batchFieldsOf(subschema))
    if (isOwner(subschema, coordinate, draft))
      yield {
        typeName,
        key: fieldName,
        value: withMeaning(
          { kind: 'requires', columns: field.requires },
          batchResolver({ ...guardOf(coordinate), field }),
        ),
      }
}

/** In place of them, while the extension is not running: null and why, at every field that leads to it. */
function* unavailableResolvers(
  subschema: ExtensionSubschema,
  draft: Draft,
  cause: Error,
): Generator<Attachment> {
  for (const [typeName, nodes] of subschema.extends) {
    // Its own types are reached through these fields only.
    const type = draft.types.get(typeName)?.[0]
    if (type?.node.kind !== Kind.OBJECT_TYPE_DEFINITION || type.subschema === subschema) continue
    for (const { name } of nodes.flatMap(membersOf)) {
      const coordinate = `${typeName}.${name.value}`
      if (!isOwner(subschema, coordinate, draft)) continue
      const refuse: Resolve = () => {
        throw extensionUnavailable(subschema.name, coordinate, cause)
      }
      const value = typeName === 'Subscription' ? { subscribe: refuse, resolve: refuse } : refuse
      yield { typeName, key: name.value, value }
    }
  }
}

const isOwner = (subschema: ExtensionSubschema, coordinate: string, { members }: Draft): boolean =>
  members.get(coordinate)?.[0]?.subschema === subschema

function guarded(guard: Guard, value: unknown): Resolve | FieldConfig | undefined {
  const isField = !guard.supervised.coordinate.includes('.__')
  if (isResolve(value)) return isField ? guardResolver(guard, value) : guardCall(guard, value, 1)
  if (!isFieldConfig(value)) return undefined
  const { resolve, subscribe } = value
  return {
    ...(resolve && { resolve: guardResolver(guard, resolve) }),
    ...(subscribe && { subscribe: guardCall(guard, subscribe, 2) }),
  }
}
