import type { Change, Check, DataContext, Effect, Join, MergeEffect } from '@trellis/sdk'
import type { EntityDefinition, Hooks } from '../../entity/index.ts'
import { holdsScope } from '../../lib/scopes.ts'
import type { ContextDomain, OwnDomain } from './domain.ts'
import { assertScope, type ScopedEntities } from './scoped-rights.ts'

type HooksOn = (entity: EntityDefinition, contextOf: (domain: OwnDomain) => DataContext) => Hooks

/**
 * Files the hooks under their entities, in the order of their owners; each is run with its owner's context. Those on
 * `Target` are on every entity that is one.
 */
export function fileHooks(domains: readonly ContextDomain[], entities: ScopedEntities): HooksOn {
  const hooksOf = <Hook>(
    { name, isTarget }: EntityDefinition,
    kind: (domain: ContextDomain) => Readonly<Record<string, Hook>> | undefined,
  ) =>
    domains.flatMap(domain =>
      [name, ...(isTarget ? ['Target'] : [])].flatMap(key => {
        const hook = kind(domain)?.[key]
        return hook ? [{ hook, domain }] : []
      }),
    )
  const joins = new Map(
    domains.flatMap(domain =>
      Object.entries(domain.joins ?? {}).map(([name, join]): [string, Join] => [
        name,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as below
        (kept, surplus) => ({ ...join(kept as never, surplus as never) }),
      ]),
    ),
  )
  /** To amend a record is to write it. */
  const amendable = (
    changes: readonly Change[],
    { name }: EntityDefinition,
    domain: ContextDomain,
  ): readonly Change[] =>
    domain.postgresSchema === null || holdsScope(domain.scopes ?? [], name, 'write')
      ? changes
      : changes.map(change => ({ ...change, amend: () => assertScope(domain, name, 'write', entities) }))
  // Filed under its entity, a hook is only ever given changes of that entity: `never` says no more than that.
  return (entity, contextOf) => ({
    checks: hooksOf(entity, ({ checks }) => checks).map(({ hook, domain }): Check => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      return changes => hook(amendable(changes, entity, domain) as never, contextOf(domain))
    }),
    effects: hooksOf(entity, ({ effects }) => effects).map(({ hook, domain }): Effect => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      return changes => hook(changes as never, contextOf(domain))
    }),
    merges: hooksOf(entity, ({ merges }) => merges).map(({ hook, domain }): MergeEffect => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      return merges => hook(merges as never, contextOf(domain))
    }),
    joins,
  })
}
