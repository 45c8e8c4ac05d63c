import { defineExtension, field, loadSchema } from '@trellis/sdk'
import { createDirectory } from './create-directory.ts'
import { createSender } from './create-sender.ts'
import { entriesIn } from './entries.ts'
import { jobs } from './jobs.ts'
import { companyDirectoryLoaders } from './loaders.ts'
import { resolvers } from './resolvers.ts'
import { routes } from './routes.ts'
import { companyDirectoryService } from './service.ts'
import { settingsSchema } from './settings.ts'

/** What a company directory elsewhere knows of customers: asked by REST, kept for a while, and shown from there when it does not answer. */
export const companyDirectory = defineExtension({
  typeDefs: loadSchema(import.meta.url),
  // Whoever may change a customer may say which company it is.
  scopes: ['customer:write'],
  settings: settingsSchema,
  secrets: ['apiKey', 'webhookSecret'],
  resolvers,
  fields: {
    Customer: {
      companyDirectoryEntry: field({
        requires: ['id', 'taxNumber'],
        batch: (customers, _, { loaders }) => loaders.companyDirectory.entriesOf(customers),
      }),
    },
  },
  services: { companyDirectory: companyDirectoryService },
  merges: {
    // The link of the one that stays is kept by the store; what was fetched is fetched anew.
    Customer: (merges, context) =>
      entriesIn(context).remove(merges.flatMap(({ merged }) => merged.map(({ id }) => id))),
  },
  events: {
    // The new number's company is there when somebody looks next.
    'customer.updated': async ({ entityId, payload }, { jobs: queue }) => {
      const { fields } = payload
      if (Array.isArray(fields) && fields.includes('taxNumber'))
        await queue.enqueue('look-up', { customerIds: [entityId] })
    },
  },
  jobs,
  routes,
  permissions: { AGENT: '*' },
  // The directory has `timeoutMs` of this. It is left alone after a failure, so that one who fails is not asked on; what is stored is shown meanwhile,
  // for which this extension has to be asked itself: hence the failures.
  limits: { deadlineMs: 4000, failures: 50 },
  setup({ settings, secrets, log, signal }) {
    const directory = createDirectory({ settings, apiKey: secrets.apiKey, log, signal })
    const sender = createSender(secrets.webhookSecret)
    return {
      loaders: {
        companyDirectory: context => companyDirectoryLoaders(context, { directory, settings }),
        companyDirectorySender: () => sender,
      },
      health: directory.isWell,
    }
  },
})
