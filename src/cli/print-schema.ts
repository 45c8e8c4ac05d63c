/** `npm run schema`: writes the public SDL, of the core and the installed extensions, to schema.graphql. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { printSchema } from 'graphql'
import { composeInstalled } from '../start/composed-schema.ts'

const { schema, problems } = composeInstalled()
writeFileSync(join(import.meta.dirname, '..', '..', 'schema.graphql'), `${printSchema(schema)}\n`)
for (const { code, message, fix } of problems) process.stdout.write(`${code}: ${message} ${fix}\n`)
