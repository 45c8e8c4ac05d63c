import { defineModule, loadSchema } from '@trellis/sdk'
import { extensionWorkLoaders } from './loaders.ts'
import { resolvers } from './resolvers.ts'
import { extensionWorkService } from './service.ts'

/** What extensions do beside requests: how their jobs and events stand, and a second chance for what failed. */
export const background = defineModule({
  name: 'background',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  loaders: { extensionWork: extensionWorkLoaders },
  services: { extensionWork: extensionWorkService },
})
