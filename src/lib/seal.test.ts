import { expect, test } from 'vitest'
import { createSealer } from './seal.ts'

const key = (byte: number) => new Uint8Array(32).fill(byte)

test('a sealed text opens at its place, and says nothing of itself', () => {
  const sealer = createSealer([key(1)])
  const sealed = sealer.seal('秘密 of Acme', 'acme.apiKey')
  expect(sealed).not.toContain('Acme')
  expect(sealer.open(sealed, 'acme.apiKey')).toBe('秘密 of Acme')
  expect(sealer.seal('秘密 of Acme', 'acme.apiKey')).not.toBe(sealed)
})

test('at another place, changed, or without its key, it does not open', () => {
  const sealer = createSealer([key(1)])
  const sealed = sealer.seal('secret', 'acme.apiKey')
  expect(() => sealer.open(sealed, 'other.apiKey')).toThrow("was changed, or is another place's")
  expect(() => sealer.open(`${sealed.slice(0, -2)}AA`, 'acme.apiKey')).toThrow('was changed')
  expect(() => createSealer([key(2)]).open(sealed, 'acme.apiKey')).toThrow(
    'which is not among the configured ones',
  )
})

test('after a new key came first, what the old one sealed still opens', () => {
  const sealed = createSealer([key(1)]).seal('secret', 'acme.apiKey')
  expect(createSealer([key(2), key(1)]).open(sealed, 'acme.apiKey')).toBe('secret')
})
