/** Prints how many SQL statements the nested query takes, all counted. */
import { documents } from '../contenders/trellis/documents.ts'
import { startGateway } from './start-gateway.ts'

let statements = 0
const { ask, close } = await startGateway({
  observe: () => {
    statements += 1
  },
})
const variables = { customers: 20, contacts: 3, opportunities: 5, lines: 3 }
for (let time = 0; time < 3; time += 1) {
  statements = 0
  await ask(documents.nested, variables)
}
await close()
process.stdout.write(`${statements}\n`)
