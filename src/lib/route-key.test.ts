import { expect, test } from 'vitest'
import { routePlaceOf } from './route-key.ts'

test('a route is told by method and path', () => {
  expect(routePlaceOf('POST /callback')).toEqual({ method: 'POST', path: '/callback' })
  expect(routePlaceOf('GET /:id/file-2')).toEqual({ method: 'GET', path: '/:id/file-2' })
})

test.each([
  '/callback',
  'POST callback',
  'PATCH /callback',
  'post /callback',
  'GET /',
  'GET /a//b',
  'GET /../a',
  'GET /A',
])('%s is none', key => {
  expect(routePlaceOf(key)).toBeNull()
})
