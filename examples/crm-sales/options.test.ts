import { expect, test } from 'vitest'
import { readOptions } from './options.ts'

test('a folder is enough', () => {
  expect(readOptions(['data'], {})).toEqual({
    folder: 'data',
    batchSize: 500,
    url: 'http://127.0.0.1:4000/graphql',
    key: null,
  })
})

test('endpoint and key come from the environment', () => {
  const env = { TRELLIS_URL: 'https://crm.example/graphql', TRELLIS_KEY: 'secret' }
  expect(readOptions(['--batch', '1000', 'data'], env)).toMatchObject({
    batchSize: 1000,
    url: 'https://crm.example/graphql',
    key: 'secret',
  })
})

test.each([
  [[], {}, '0 folders are given; one is needed.'],
  [['a', 'b'], {}, '2 folders are given'],
  [['--batch', '0', 'data'], {}, '--batch is "0"; a whole number from 1 to 1000 is allowed.'],
  [['--batch', '1001', 'data'], {}, '--batch is "1001"'],
  [['--bach', '1', 'data'], {}, "Unknown option '--bach'"],
  [['data'], { TRELLIS_URL: 'localhost:4000' }, 'TRELLIS_URL is "localhost:4000"; an address such as'],
])('%j is refused', (argv, env, message) => {
  expect(() => readOptions(argv, env)).toThrow(message)
})
