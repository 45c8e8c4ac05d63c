import { concatAST, graphql, parse } from 'graphql'
import { expect, test } from 'vitest'
import { extensionsApi } from './extensions-api.ts'
import { coreFixture } from './fixtures/core.ts'
import { batchOf, composeFixture, extensionOf } from './fixtures/extension.ts'

test('clients see what is installed, whether it answers, and why not', async () => {
  const core = coreFixture()
  const acme = extensionOf('acme', 'extend type Customer { "Its score." score: Int }', {
    scopes: ['customer:read'],
    fields: { Customer: { score: batchOf(parents => parents.map(() => 1)) } },
  })
  const { schema } = composeFixture({
    core: {
      ...core,
      document: concatAST([core.document, parse(extensionsApi.typeDefs.text)]),
      resolvers: { ...core.resolvers, ...extensionsApi.resolvers },
    },
    extensions: [acme, extensionOf('broken', 'type {')],
  })
  const source = `{ extensions { name version status description scopes owns { coordinate } problems { code severity coordinate fix } } }`
  expect(await graphql({ schema, source })).toMatchInlineSnapshot(`
    {
      "data": {
        "extensions": [
          {
            "description": null,
            "name": "acme",
            "owns": [
              {
                "coordinate": "Customer.score",
              },
            ],
            "problems": [],
            "scopes": [
              "customer:read",
            ],
            "status": "ENABLED",
            "version": "1.0.0",
          },
          {
            "description": null,
            "name": "broken",
            "owns": [],
            "problems": [
              {
                "code": "INVALID_GRAPHQL",
                "coordinate": null,
                "fix": "Correct the SDL at this place.",
                "severity": "ERROR",
              },
            ],
            "scopes": [],
            "status": "QUARANTINED",
            "version": "1.0.0",
          },
        ],
      },
    }
  `)
})
