import type { Emits, Emitter } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import { asJson } from '../lib/as-json.ts'
import { newId } from '../lib/type-id.ts'
import { leaveTogether } from './leave-together.ts'

export interface EmitterOptions {
  /** The transaction that the events are part of. */
  readonly database: Kysely<unknown>
  readonly extension: string
  readonly emits: Emits
  readonly viewerId: string
}

/** What an extension tells others with: rows of the outbox, as the core leaves them. */
export function createEmitter({ database, extension, emits, viewerId }: EmitterOptions): Emitter {
  const leave = leaveTogether({ database, viewerId })
  return {
    async emit(type, payload, { entityId } = {}) {
      const schema = emits[type]
      if (!schema) {
        const known = Object.keys(emits).join(', ') || 'none'
        throw new Error(`${extension} does not declare the event "${type}" in emits; declared: ${known}.`)
      }
      const checked = await schema['~standard'].validate(payload)
      if (checked.issues) {
        const issues = checked.issues.map(({ message, path = [] }) =>
          [path.map(step => String(typeof step === 'object' ? step.key : step)).join('.'), message]
            .filter(Boolean)
            .join(': '),
        )
        throw new Error(`The payload of ${type} is not what its schema asks for: ${issues.join('; ')}.`)
      }
      if (typeof checked.value !== 'object' || checked.value === null || Array.isArray(checked.value))
        throw new Error(`The payload of ${type} is no object.`)
      const id = newId('evt')
      const given = asJson(checked.value, `The payload of ${type}`)
      await leave({ id, type, entityId: entityId ?? id, payload: given })
    },
  }
}
