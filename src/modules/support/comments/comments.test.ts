import { listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDesk, type Desk, type Values } from '../fixtures/desk.ts'

let desk: Desk
let gateway: TestGateway
/** Two hours to respond, ten to resolve. */
let always: string
beforeAll(async () => {
  desk = await createDesk()
  ;({ gateway } = desk)
  const promise = { name: 'Always', responseMinutes: 120, resolveMinutes: 600, isActive: false }
  always = await gateway.create('slaPolicy', promise)
})
afterAll(() => desk[Symbol.asyncDispose]())

const step = async (mutation: string, id: string, more: Values = {}) =>
  expect(await gateway.refusals(mutation, { id, ...more })).toEqual([])
const say = (caseId: string, more: Values = {}) =>
  gateway.create('caseComment', { caseId, body: 'We look into it.', ...more })

describe('the first response', () => {
  const read = (id: string) => desk.read(id, 'firstRespondedAt version')

  test('is the first comment that is not internal', async () => {
    const id = await desk.open({ slaPolicyId: always })
    const internal = await say(id, { isInternal: true })
    expect(await read(id)).toEqual({ firstRespondedAt: null, version: 1 })
    desk.wait(5)
    await say(id)
    const firstRespondedAt = desk.now().toISOString()
    expect(await read(id)).toEqual({ firstRespondedAt, version: 2 })
    desk.wait(5)
    await say(id)
    await step('caseCommentUpdate', internal, { isInternal: false })
    expect(await read(id)).toEqual({ firstRespondedAt, version: 2 })
    expect(await desk.read(id, 'slaStatus responseSeconds')).toEqual({
      slaStatus: 'ROLLING_RESPONSE_DUE',
      responseSeconds: 300,
    })
  })

  test('is also one that was internal until now', async () => {
    const id = await desk.open()
    const comment = await say(id, { isInternal: true })
    await step('caseCommentUpdate', comment, { body: 'Still for us.' })
    expect(await read(id)).toMatchObject({ firstRespondedAt: null })
    desk.wait(5)
    await step('caseCommentUpdate', comment, { isInternal: false })
    expect(await read(id)).toMatchObject({ firstRespondedAt: desk.now().toISOString() })
  })

  test.each([
    ['caseResolve', { resolution: 'Done' }],
    ['caseReject', { reason: 'No' }],
  ])('is a decision by %s', async (mutation, input) => {
    const id = await desk.open({ slaPolicyId: always })
    desk.wait(5)
    await step(mutation, id, input)
    expect(await desk.read(id, 'firstRespondedAt slaStatus')).toEqual({
      firstRespondedAt: desk.now().toISOString(),
      slaStatus: 'FULFILLED',
    })
  })

  test('of two who comment at once is one', async () => {
    const id = await desk.open()
    await Promise.all([say(id), say(id), say(id)])
    expect(await read(id)).toMatchObject({ version: 2 })
    expect(await desk.timelineOf(id, 'case.commented')).toHaveLength(3)
  })

  test('of many cases takes as many statements as of one', async () => {
    const statementsOf = async (count: number) => {
      const ids = []
      for (let index = 0; index < count; index += 1) ids.push(await desk.open({ slaPolicyId: always }))
      const items = ids.map(caseId => ({ externalId: caseId, caseId, body: 'Hello' }))
      return (await gateway.statementsOf(() => desk.upsert('caseComment', items))).length
    }
    expect(await statementsOf(20)).toBe(await statementsOf(2))
  })

  test('is not spoken of in the timeline', async () => {
    const id = await desk.open()
    const commentId = await say(id, { body: 'The secret is 42.' })
    const [told] = await desk.timelineOf(id, 'case.commented')
    expect(valueAt(told, 'data')).toEqual({ commentId, isInternal: false })
    expect(JSON.stringify(await desk.timelineOf(id))).not.toContain('secret')
  })
})

describe('a comment', () => {
  test('for the customer is not made on what is closed; among colleagues it is, and an import brings it along', async () => {
    for (const mutation of ['caseReject', 'caseClose'] as const) {
      const id = await desk.open()
      if (mutation === 'caseClose') await step('caseResolve', id, { resolution: 'Done' })
      await say(id, { body: 'Still open, or just resolved.' })
      await step(mutation, id, mutation === 'caseReject' ? { reason: 'No' } : {})
      const input = { caseId: id, body: 'One more thing' }
      expect(await gateway.refusals('caseCommentCreate', input)).toEqual(['CLOSED input.caseId'])
      const internal = await say(id, { isInternal: true })
      expect(await gateway.refusals('caseCommentUpdate', { id: internal, isInternal: false })).toEqual([
        'CLOSED input.isInternal',
      ])
      const imported = await desk.upsert('caseComment', [{ externalId: `${mutation} ${id}`, ...input }])
      expect(listAt(imported, 'userErrors')).toEqual([])
      const comments = await desk.read(id, 'comments { totalCount }')
      expect(valueAt(comments, 'comments.totalCount')).toBe(3)
    }
  })

  test("is an agent's to make on own cases only", async () => {
    const agent = { as: 'agent' } as const
    const [own, other] = [await desk.open({}, agent), await desk.open()]
    const input = { caseId: other, body: 'Hello' }
    expect(await gateway.refusals('caseCommentCreate', input, agent)).toEqual(['NOT_FOUND input.caseId'])
    expect(await gateway.refusals('caseCommentCreate', { ...input, caseId: own }, agent)).toEqual([])
    await step('caseReject', own, { reason: 'No' })
    const imported = await desk.upsert('caseComment', [{ externalId: 'agent', caseId: own, body: 'Late' }], {
      ...agent,
      skip: true,
    })
    expect(textAt(imported, 'userErrors.0.code')).toBe('CLOSED')
  })
})
