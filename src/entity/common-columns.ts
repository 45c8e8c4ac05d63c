import type { Column } from './definition.ts'

const stored = (name: string, type: string, description: string, more: Partial<Column> = {}): Column => ({
  name,
  type,
  isEnum: false,
  nullable: false,
  writable: 'never',
  defaultLiteral: null,
  filled: false,
  rule: {},
  currency: null,
  reference: null,
  anyReference: null,
  description,
  ...more,
})

const reference = (field: string, target: string, description: string, more: Partial<Column> = {}): Column =>
  stored(`${field}Id`, 'ID', description, { nullable: true, reference: { field, target }, ...more })

/** What every entity stores; base.graphql describes the same as the interface `Entity`. */
export const commonColumns: readonly Column[] = [
  stored('id', 'ID', 'TypeID: a prefix that names the type and a sortable UUIDv7.'),
  stored('createdAt', 'DateTime', 'When it was created.'),
  reference('createdBy', 'User', 'Who created it.'),
  stored('updatedAt', 'DateTime', 'When it was last written.'),
  reference('updatedBy', 'User', 'Who wrote it last.'),
  stored(
    'deletedAt',
    'DateTime',
    'When it was deleted; `null` while it lives. Lists leave deleted records out unless asked.',
    {
      nullable: true,
    },
  ),
  stored(
    'version',
    'Int',
    'Counts the writes; a mutation given as `expectedVersion` is refused when the record has moved on.',
  ),
  stored('source', 'String', 'The system that wrote it last; `null` for people.', { nullable: true }),
  stored('customFields', 'JSON', "Fields of this installation's own, by name.", {
    writable: 'always',
    defaultLiteral: '{}',
  }),
]

/** What an entity with `owned: true` stores besides; base.graphql has the interface `OwnedEntity`. */
export const ownershipColumns: readonly Column[] = [
  reference('owner', 'User', 'Who is responsible for it.', { writable: 'always' }),
  reference('team', 'Team', 'The team it belongs to.', { writable: 'always' }),
]
