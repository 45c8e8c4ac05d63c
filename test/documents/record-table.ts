import type { Entities, EntityDefinition } from '../../src/entity/index.ts'
import { type Reach, roles } from '../../src/modules/access/roles.ts'

const head = ['type', 'prefix', 'list', 'is also', 'an agent sees', 'an agent changes']

const words: Readonly<Record<Reach, string>> = { NONE: '–', OWN: 'own', ALL: 'all' }

/** The rows of docs/api.md's table of records, head and all, from the entities and the roles. */
export function recordTable(entities: Entities): readonly string[] {
  const rows = [...entities.values()]
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map(entity => {
      const { name, idPrefix, plural } = entity
      const interfaces = [
        ...(entity.owned ? ['`OwnedEntity`'] : []),
        ...(entity.isTarget ? ['`Target`'] : []),
      ]
      return [`\`${name}\``, `\`${idPrefix}\``, `\`${plural}\``, interfaces.join(', '), ...rightsOf(entity)]
    })
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`)
}

/** What an agent sees and changes. */
function rightsOf({ name, partOf, writable }: EntityDefinition): readonly [string, string] {
  if (roles.AGENT === 'everything') return ['all', 'all']
  const whole = partOf === null ? null : `as its ${partOf.replace(/Id$/, '')}`
  const grant = roles.AGENT?.[name]
  const changes = whole ?? words[grant?.write ?? 'NONE']
  return [whole ?? words[grant?.read ?? 'NONE'], writable ? changes : words.NONE]
}
