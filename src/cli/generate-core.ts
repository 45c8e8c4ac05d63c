/** Writes what is derived from the modules' SDL: the core's whole SDL, for codegen, and the registries' types, for the SDK. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { print } from 'graphql'
import { expandModules } from '../composition/expand-modules.ts'
import type { EntityDefinition } from '../entity/index.ts'
import { modules } from '../modules/index.ts'

const source = join(import.meta.dirname, '..')
const { document, entities } = expandModules(modules)

const upper = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)
const rowOf = ({ name }: EntityDefinition): string => `${name}Row`
const serviceOf = ({ plural }: EntityDefinition): string => `${upper(plural)}Service`
const loadersOf = ({ plural }: EntityDefinition): string => `${upper(plural)}Loaders`
const lines = (line: (entity: EntityDefinition) => string): string =>
  [...entities.values()].map(line).join('\n')

const registries = `// Made by \`npm run generate\` from the modules' SDL and the Prisma models.
import type { Selectable } from 'kysely'
import type { EntityLoaders } from '../loader.ts'
import type { MergeService } from '../merge.ts'
import type { EntityService } from '../service.ts'
import type { Tables } from './tables.ts'

${lines(entity => `export type ${rowOf(entity)} = Readonly<Selectable<Tables['${entity.name}']>>`)}

${lines(entity => `export interface ${loadersOf(entity)} extends EntityLoaders<${rowOf(entity)}> {}`)}

${lines(entity => `export interface ${serviceOf(entity)} extends EntityService<${rowOf(entity)}>${entity.mergeable ? `, MergeService<${rowOf(entity)}>` : ''} {}`)}

declare module '../context.ts' {
  interface Records {
${lines(entity => `    ${entity.name}: ${rowOf(entity)}`)}
  }
  interface Loaders {
${lines(entity => `    readonly ${entity.plural}: ${loadersOf(entity)}`)}
  }
  interface Services {
${lines(entity => `    readonly ${entity.plural}: ${serviceOf(entity)}`)}
  }
}
`

mkdirSync(join(source, 'generated'), { recursive: true })
mkdirSync(join(source, 'sdk', 'generated'), { recursive: true })
writeFileSync(join(source, 'generated', 'core.graphql'), `${print(document)}\n`)
// Lines of codegen.yml, as far in as they are there.
const mappers = [...entities.values()].map(
  entity => `${entity.name}: '../sdk/generated/core.ts#${rowOf(entity)}'`,
)
writeFileSync(join(source, 'generated', 'mappers.txt'), ['for each entity', ...mappers].join('\n        '))
writeFileSync(join(source, 'sdk', 'generated', 'core.ts'), registries)
