/** `npm run schema`: writes the public SDL, of the core and the installed extensions, to schema.graphql. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { composedSchemaText } from '../start/composed-schema.ts'

writeFileSync(join(import.meta.dirname, '..', '..', 'schema.graphql'), composedSchemaText())
