import { defineExtension } from '@trellis/sdk'
import { createTestGateway, fieldsAt } from '@trellis/testing'
import { expect, test } from 'vitest'

const steady = defineExtension({
  name: 'steady',
  version: '1.0.0',
  scopes: ['pipelineStage:read'],
  typeDefs: 'extend type Query { "Nothing." steadyNothing: Int }',
  resolvers: { Query: { steadyNothing: () => 0 } },
  checks: {
    PipelineStage: changes =>
      changes.flatMap(({ before, path, values }) =>
        before?.code === 'FIRST' && values.position !== undefined
          ? [{ code: 'STEADY', message: 'The first stage stays the first.', path }]
          : [],
      ),
  },
})

test("stages change places by an extension's checks, and none of them does when one is refused", async () => {
  await using gateway = await createTestGateway({ extensions: [steady] })
  const id = await gateway.create('pipeline', { name: 'Steady' })
  const codes = ['FIRST', 'SECOND', 'THIRD']
  const [first, second, third] = await Promise.all(
    codes.map(async (code, index) =>
      gateway.create('pipelineStage', {
        ...{ pipelineId: id, code, name: code, position: index + 1, probability: 10 },
      }),
    ),
  )
  const reorder = async (stageIds: readonly unknown[]) =>
    gateway.refusals('pipelineReorderStages', { id, stageIds })
  const order = async () =>
    fieldsAt(
      await gateway.data('query ($id: ID!) { pipeline(id: $id) { stages { code } } }', { id }),
      'pipeline.stages',
      'code',
    )
  expect(await reorder([third, second, first])).toEqual(['STEADY input.stageIds.2'])
  expect(await order()).toEqual(codes)
  expect(await reorder([first, third, second])).toEqual([])
  expect(await order()).toEqual(['FIRST', 'THIRD', 'SECOND'])
})
