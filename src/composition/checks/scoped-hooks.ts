import type { Finding } from '../finding.ts'
import { missingScope } from '../missing-scope.ts'
import { entitiesUnder } from '../scoped-entities.ts'
import type { CoreSubschema, ExtensionSubschema } from '../subschema.ts'
import type { ManifestCheck } from './check.ts'

const kinds = ['checks', 'effects', 'merges'] as const

/** Hooks see records as they are written, and events say which were: both are for who may read them. */
export const scopedHooks: ManifestCheck = function* ({ core, extensions }) {
  for (const subschema of extensions) {
    for (const kind of kinds)
      for (const name of Object.keys(subschema.extension[kind] ?? {}))
        yield* missingScope({
          subschema,
          entities: entitiesUnder(name, core),
          what: `has ${kind} on ${name}`,
          coordinate: `${kind}.${name}`,
        })
    yield* scopedEvents(subschema, core)
  }
}

function* scopedEvents(subschema: ExtensionSubschema, core: CoreSubschema): Generator<Finding> {
  for (const type of Object.keys(subschema.extension.events ?? {})) {
    if (!core.events.has(type)) continue
    const [subject = ''] = type.split('.')
    const entity = subject.charAt(0).toUpperCase() + subject.slice(1)
    yield* missingScope({ subschema, entities: entitiesUnder(entity, core), what: `listens to ${type}` })
  }
}
