import { type GraphQLSchema, isObjectType } from 'graphql'
import { expect, test, vi } from 'vitest'
import { type CheckedQuestion, createCheckedBefore } from './checked.ts'
import { prepareComposition } from './compose.ts'
import { undecided } from './decision.ts'
import { coreFixture } from './fixtures/core.ts'
import { batchOf, extensionOf } from './fixtures/extension.ts'

const scored = (name: string) =>
  extensionOf(name, `extend type Customer { "Its score." ${name}Score: Int }`, {
    fields: { Customer: { [`${name}Score`]: batchOf(parents => parents.map(() => 1)) } },
  })
const [acme, bolt] = [scored('acme'), scored('bolt')]

/** A core that is composed more than once, and how often it was checked. */
function checkedOften(atMost?: number) {
  const checkedBefore = createCheckedBefore(atMost)
  const checks: CheckedQuestion[] = []
  const core = {
    ...coreFixture(),
    checkedBefore: {
      answer: vi.fn<typeof checkedBefore.answer>((question, check) =>
        checkedBefore.answer(question, () => {
          checks.push(question)
          return check()
        }),
      ),
    },
  }
  const prepare = ({ off = [] as readonly string[], extensions = [acme, bolt], strict = false } = {}) =>
    prepareComposition({
      core,
      extensions,
      strict,
      trellisVersion: '1.0.0',
      decisions: new Map(off.map(name => [name, { ...undecided, isEnabled: false, revision: 1 }] as const)),
    })
  return { checks, prepare }
}

const fieldsOf = ({ schema }: { readonly schema: GraphQLSchema }) => {
  const type = schema.getType('Customer')
  return isObjectType(type) ? Object.keys(type.getFields()) : []
}

test('what was checked before is built again, and each schema answers for itself', () => {
  const { checks, prepare } = checkedOften()
  const [first, without, again] = [prepare(), prepare({ off: ['acme'] }), prepare()]
  expect(checks).toHaveLength(2)
  expect(fieldsOf(first)).toEqual(expect.arrayContaining(['acmeScore', 'boltScore']))
  expect(fieldsOf(again)).toEqual(fieldsOf(first))
  expect(fieldsOf(without)).not.toContain('acmeScore')
  expect(again.schema).not.toBe(first.schema)
  for (const { schema, ...composition } of [first.complete(), again.complete()])
    expect(schema.extensions.composition).toMatchObject(composition)
})

test('another list, another mode, and what was too long ago, are checked anew', () => {
  const { checks, prepare } = checkedOften(2)
  prepare()
  prepare({ strict: true })
  prepare({ extensions: [acme] })
  expect(checks).toHaveLength(3)
  prepare({ strict: true })
  expect(checks).toHaveLength(3)
  prepare()
  expect(checks).toHaveLength(4)
})

test('what does not compose is not remembered', () => {
  const { checks, prepare } = checkedOften()
  const broken = extensionOf('broken', 'type {')
  for (let time = 1; time <= 2; time += 1) {
    expect(() => prepare({ extensions: [broken], strict: true })).toThrow('broken')
    expect(checks).toHaveLength(time)
  }
})
