import { defineExtension, type Lifecycle } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { standIn } from './stand-in.ts'

test('what it does at the turns of its life is not sent to the process', () => {
  const lifecycle: Lifecycle = { afterInstall: () => undefined }
  const extension = defineExtension({ name: 'acme', version: '1.0.0', typeDefs: '', lifecycle })
  const made = standIn(extension, () => Promise.reject(new Error('no process')))
  expect(made.lifecycle).toBe(lifecycle)
})
