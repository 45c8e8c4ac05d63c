import { z } from 'zod'
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
    claim: 'a reference to an entity that there is not',
    code: 'REFERENCE_INVALID',
    extensions: acme('', { references: JSON.parse('{ "Visit.customerId": "Client" }') }),
  },
  {
    claim: 'a reference that names no column',
    code: 'REFERENCE_INVALID',
    extensions: acme('', { references: JSON.parse('{ "customerId": "Customer" }') }),
  },
  {
    claim: 'an event under a name that is not its own',
    code: 'EVENT_INVALID',
    extensions: acme('', { emits: { 'other.happened': z.string() } }),
  },
  {
    claim: 'an event without a schema',
    code: 'EVENT_INVALID',
    extensions: acme('', { emits: { 'acme.happened': JSON.parse('{}') } }),
  },
  {
    claim: 'an event that nobody tells of',
    code: 'UNKNOWN_EVENT',
    extensions: acme('', { events: { 'customer.exploded': () => undefined } }),
  },
  {
    claim: 'an event of an extension that it does not depend on',
    code: 'UNKNOWN_EVENT',
    extensions: [
      ...acme('', { events: { 'other.happened': () => undefined } }),
      extensionOf('other', '', { emits: { 'other.happened': z.string() } }),
    ],
  },
  {
    claim: 'a job with a schedule that is none',
    code: 'JOB_INVALID',
    extensions: acme('', { jobs: { nightly: { schedule: 'every night', run: () => undefined } } }),
  },
  {
    claim: 'a job with a deadline beyond an hour',
    code: 'JOB_INVALID',
    extensions: acme('', { jobs: { nightly: { deadlineMs: 3_600_001, run: () => undefined } } }),
  },
  {
    claim: 'a job whose name is not allowed',
    code: 'JOB_INVALID',
    extensions: acme('', { jobs: { 'Every Night': { run: () => undefined } } }),
  },
  {
    claim: 'a route without a method',
    code: 'ROUTE_INVALID',
    extensions: acme('', { routes: { '/callback': async () => ({ status: 204 }) } }),
  },
  {
    claim: 'a route that nothing answers',
    code: 'ROUTE_INVALID',
    extensions: acme('', { routes: { 'GET /callback': JSON.parse('{}') } }),
  },
  {
    claim: 'a permission for a field that does not lead to it',
    code: 'PERMISSION_INVALID',
    extensions: acme('extend type Customer { a: Int }', { permissions: { AGENT: ['Customer.b'] } }),
  },
  {
    claim: 'a permission for a route that there is not',
    code: 'PERMISSION_INVALID',
    extensions: acme('', {
      routes: { 'GET /here': async () => ({ status: 204 }) },
      permissions: { AGENT: ['GET /here', 'POST /here'] },
    }),
  },
  {
    claim: 'a permission for a route that asks nobody who it is',
    code: 'PERMISSION_INVALID',
    extensions: acme('', {
      routes: { 'GET /here': { authentication: 'none', handle: async () => ({ status: 204 }) } },
      permissions: { AGENT: ['GET /here'] },
    }),
  },
  {
    claim: 'a permission for a role that needs none',
    code: 'PERMISSION_INVALID',
    extensions: acme('', { permissions: Object.fromEntries([['ADMINISTRATOR', []]]) }),
  },
  {
    claim: 'a scope of an entity that there is not',
    code: 'UNKNOWN_SCOPE',
    extensions: acme('', { scopes: ['custmer:read'] }),
  },
  {
    claim: 'scopes that are no list',
    code: 'UNKNOWN_SCOPE',
    extensions: acme('', { scopes: 'customer:all' }),
  },
  {
    claim: 'a check on records that it may not read',
    code: 'MISSING_SCOPE',
    extensions: acme('', { scopes: ['order:write'], checks: { Customer: () => [] } }),
  },
  {
    claim: 'effects on records that it may not read',
    code: 'MISSING_SCOPE',
    extensions: acme('', { effects: { Opportunity: () => undefined } }),
  },
  {
    claim: 'merges of records that it may not read',
    code: 'MISSING_SCOPE',
    extensions: acme('', { merges: { Customer: () => undefined } }),
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
