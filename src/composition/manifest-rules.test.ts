import { extensionOf } from './fixtures/extension.ts'
import { acme, testRules } from './fixtures/rules.ts'

testRules([
  { claim: 'a name with capitals', code: 'INVALID_SUBGRAPH_NAME', extensions: [extensionOf('Acme')] },
  { claim: 'the name core', code: 'INVALID_SUBGRAPH_NAME', extensions: [extensionOf('core')] },
  {
    claim: 'the name of a module of the core',
    code: 'INVALID_SUBGRAPH_NAME',
    extensions: [extensionOf('sales')],
  },
  { claim: 'a name that is taken', code: 'DUPLICATE_NAME', extensions: [...acme(''), ...acme('')] },
  {
    claim: 'a version that is not semver',
    code: 'INVALID_VERSION',
    extensions: acme('', { version: 'one' }),
  },
  {
    claim: 'a deadline that is none',
    code: 'INVALID_LIMIT',
    extensions: acme('', { limits: { deadlineMs: 0 } }),
  },
  {
    claim: 'a range that is not semver',
    code: 'INVALID_RANGE',
    extensions: acme('', { compatibility: { trellis: 'new' } }),
  },
  {
    claim: 'another Trellis',
    code: 'INCOMPATIBLE_TRELLIS_VERSION',
    extensions: acme('', { compatibility: { trellis: '^2.0.0' } }),
  },
  {
    claim: 'a dependency that is not there',
    code: 'DEPENDENCY_MISSING',
    extensions: acme('', { dependsOn: { other: '*' } }),
  },
  {
    claim: 'a dependency in another version',
    code: 'DEPENDENCY_VERSION_MISMATCH',
    extensions: [...acme('', { dependsOn: { other: '^2.0.0' } }), extensionOf('other')],
  },
  {
    claim: "loaders under the core's name",
    code: 'REGISTRY_NAME_PREFIX',
    extensions: acme('', { loaders: { customers: () => ({}) } }),
  },
  {
    claim: 'services under the name of somebody else',
    code: 'REGISTRY_NAME_PREFIX',
    extensions: acme('', { services: { opportunities: () => ({}) } }),
  },
  {
    claim: 'a circle of dependencies',
    code: 'DEPENDENCY_CYCLE',
    extensions: [
      ...acme('', { dependsOn: { other: '*' } }),
      extensionOf('other', '', { dependsOn: { acme: '*' } }),
    ],
  },
])
