/** Prints how long composing N extensions of ten types each takes, in ms: the first time in this process. */
import { defineExtension, type Extension } from '@trellis/sdk'
import { compose } from '../../src/composition/index.ts'
import { createCore } from '../../src/start/core.ts'
import { trellisVersion } from '../../src/start/version.ts'

const count = Number(process.argv[2])

const extension = (number: number): Extension => ({
  ...defineExtension({
    typeDefs: Array.from(
      { length: 10 },
      (_, index) => `
        "A thing."
        type Things${number}Thing${index} { "Its name." name: String! "How many." count: Int }
        extend type Customer { "The thing of it." things${number}Thing${index}: Things${number}Thing${index} }`,
    ).join('\n'),
    scopes: ['customer:read'],
    fields: {
      Customer: Object.fromEntries(
        Array.from({ length: 10 }, (_, index) => [
          `things${number}Thing${index}`,
          {
            kind: 'batch',
            requires: ['name'],
            batch: (parents: readonly unknown[]) => parents.map(() => null),
          },
        ]),
      ),
    },
  }),
  name: `things-${number}`,
  version: '1.0.0',
})

const extensions = Array.from({ length: count }, (_, index) => extension(index))
const { core } = createCore()
const from = performance.now()
const { problems } = compose({ core, extensions, trellisVersion, strict: true })
const took = performance.now() - from
if (problems.some(({ severity }) => severity === 'error')) throw new Error(JSON.stringify(problems[0]))
process.stdout.write(`${took}\n`)
