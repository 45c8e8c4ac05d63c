import type { Emits } from '@trellis/sdk'
import { finding } from '../finding.ts'
import type { ManifestCheck } from './check.ts'

/** An event is told of by one extension, and who listens to it knows that one. */
export const events: ManifestCheck = function* ({ core, extensions }) {
  const emitters = new Map(
    extensions.flatMap(({ name, extension: { emits = {} } }) =>
      Object.keys(emits).map((type): [string, string] => [type, name]),
    ),
  )
  for (const subschema of extensions) {
    const { emits = {}, events: heard = {}, dependsOn = {} } = subschema.extension
    for (const [type, schema] of Object.entries(emits))
      if (!isNamedAfter(type, subschema.name) || !isSchema(schema))
        yield finding({
          code: 'EVENT_INVALID',
          spots: [{ subschema }],
          message: named => `${named} emits "${type}", which is not named after it, or has no schema.`,
          fix: `Call it "${subschema.name}.<what-happened>" and give it a schema, such as one of zod.`,
        })
    for (const type of Object.keys(heard)) {
      const emitter = emitters.get(type)
      const isKnown =
        core.events.has(type) ||
        (emitter !== undefined && [subschema.name, ...Object.keys(dependsOn)].includes(emitter))
      if (isKnown) continue
      const [subject = ''] = type.split('.')
      const near = [...core.events, ...emitters.keys()].filter(other => other.startsWith(`${subject}.`))
      yield finding({
        code: 'UNKNOWN_EVENT',
        spots: [{ subschema }],
        message: named =>
          emitter === undefined
            ? `${named} listens to "${type}", which nobody tells of.`
            : `${named} listens to "${type}" of ${emitter}, on which it does not depend.`,
        fix:
          emitter === undefined
            ? `Listen to one of ${near.join(', ') || 'the events in docs/events-and-jobs.md'}.`
            : `Add ${emitter} to dependsOn.`,
      })
    }
  }
}

const isNamedAfter = (type: string, extension: string): boolean =>
  type.startsWith(`${extension}.`) && /^[a-z][a-z0-9_-]{0,60}$/.test(type.slice(extension.length + 1))

/** An extension may be JavaScript, so that nobody else has checked. */
const isSchema = (schema: Emits[string] | undefined): boolean =>
  typeof schema?.['~standard']?.validate === 'function'
