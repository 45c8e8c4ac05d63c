import { finding } from '../finding.ts'
import { dependenciesOf } from '../sort-extensions.ts'
import type { ManifestCheck } from './check.ts'

/** Loaders and services that an extension makes at setup are where it was set up: others cannot use them elsewhere. */
export const isolatedRegistries: ManifestCheck = function* ({ extensions }) {
  for (const subschema of extensions) {
    const { extension } = subschema
    if (extension.isolation !== 'process' || !(extension.original ?? extension).setup) continue
    const dependent = extensions.find(other => dependenciesOf(other).includes(subschema.name))
    if (!dependent) continue
    yield finding({
      code: 'ISOLATION_UNSUPPORTED',
      spots: [{ subschema }, { subschema: dependent }],
      message: (named, other) =>
        `${named} has a process of its own, where it is set up, and ${other} depends on what it makes there.`,
      fix: 'Have it run in the gateway, or make its loaders and services without `setup`.',
    })
  }
}
