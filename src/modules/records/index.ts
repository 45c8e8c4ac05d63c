import { defineModule, loadSchema } from '@trellis/sdk'
import { checkAttachments } from './attachments/check-attachments.ts'
import { attachmentService } from './attachments/service.ts'
import { resolvers } from './resolvers.ts'
import { routes } from './routes.ts'

/** What hangs on any record: tags, notes, files. */
export const records = defineModule({
  name: 'records',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  services: { attachments: attachmentService },
  checks: { Attachment: checkAttachments },
  routes,
})
