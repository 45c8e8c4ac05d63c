/** Runs GraphQL Code Generator by codegen.yml, with a mapper for each entity: what a resolver of `Customer` is given is a row. */
import { join } from 'node:path'
import { generate, loadContext } from '@graphql-codegen/cli'
import { expandModules } from '../composition/expand-modules.ts'
import { modules } from '../modules/index.ts'

const context = await loadContext(join(import.meta.dirname, '..', '..', 'codegen.yml'))
const rows = [...expandModules(modules).entities.keys()].map(
  name => [name, `../sdk/generated/core.ts#${name}Row`] as const,
)
const { generates, ...config } = context.getConfig()
context.updateConfig({
  ...config,
  silent: true,
  generates: Object.fromEntries(
    Object.entries(generates).map(([file, output]) =>
      'config' in output
        ? [
            file,
            {
              ...output,
              config: {
                ...output.config,
                mappers: { ...output.config?.['mappers'], ...Object.fromEntries(rows) },
              },
            },
          ]
        : [file, output],
    ),
  ),
})
await generate(context, true)
