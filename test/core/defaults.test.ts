import { expect, test } from 'vitest'
import { defaultValue } from '../../src/entity/default-value.ts'
import { columnOf, entityOf } from '../../src/entity/definition.ts'
import { caseAfter } from '../../src/modules/support/cases/case-after.ts'
import { entities } from './fixtures/entities.ts'

test('a case of which nothing is said is to its checks what the SDL has it be', () => {
  const now = new Date()
  const nothing = {
    entity: 'Case',
    action: 'create',
    id: '',
    before: null,
    values: {},
    input: {},
    path: [],
  } as const
  const { createdAt, ...rest } = caseAfter(
    { ...nothing, amend: () => undefined, changedFields: () => [] },
    now,
  )
  const names = Object.keys(rest)
  expect(createdAt).toBe(now)
  expect(rest).toEqual(
    Object.fromEntries(names.map(name => [name, defaultValue(columnOf(entityOf(entities, 'Case'), name))])),
  )
})
