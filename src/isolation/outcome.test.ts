import { ExtensionRefusal, TrellisError, UserErrors } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { outcomeOf, valueOf } from './outcome.ts'

const passed = async (work: () => unknown): Promise<unknown> => valueOf(await outcomeOf(async () => work()))

test('values come over as they are, dates and bytes included', async () => {
  const value = {
    at: new Date(5),
    bytes: new Uint8Array([1, 2]),
    nothing: undefined,
    deep: [new Map([[1, 'a']])],
  }
  expect(await passed(() => value)).toEqual(value)
})

test('refusals come over as what they were', async () => {
  const throws = (error: Error) => () => {
    throw error
  }
  const userErrors = [{ code: 'TAKEN', message: 'It is taken.', path: ['input', 'name'] }]
  await expect(passed(throws(new UserErrors(userErrors)))).rejects.toMatchObject({ userErrors })
  await expect(passed(throws(new TrellisError('FORBIDDEN', 'No.')))).rejects.toMatchObject({
    name: 'TrellisError',
    code: 'FORBIDDEN',
    message: 'No.',
  })
  await expect(passed(throws(new ExtensionRefusal('CLOSED', 'Closed.')))).rejects.toBeInstanceOf(
    ExtensionRefusal,
  )
  const bug = Object.assign(new TypeError('x is not a function'), { rows: ['personal data'] })
  await expect(passed(throws(bug))).rejects.toThrow('TypeError: x is not a function')
  await expect(passed(throws(bug))).rejects.not.toHaveProperty('rows')
})
