import type { Composition } from '../composition/index.ts'
import type { ServiceDrift } from '../gateway/metrics/drift-metrics.ts'

/** Of the services that tell their schemas: in how many ways they are not what they are pinned to. */
export const driftsIn = ({ extensions, driftOf }: Composition): readonly ServiceDrift[] =>
  extensions.flatMap(extension => {
    const drift = driftOf(extension)
    if (!drift || drift.status === 'UNKNOWN') return []
    return [{ extension: extension.name, breaking: drift.breaking.length, other: drift.other.length }]
  })
