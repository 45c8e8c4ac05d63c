import { defineModule, loadSchema } from '@trellis/sdk'
import { checkAttachments } from './attachments/check-attachments.ts'
import { attachmentService } from './attachments/service.ts'
import { resolvers } from './resolvers.ts'
import { routes } from './routes.ts'
import { tagService } from './tags/service.ts'

/** What hangs on any record: tags, notes, files. */
export const records = defineModule({
  name: 'records',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  services: { attachments: attachmentService, tags: tagService },
  checks: { Attachment: checkAttachments },
  routes,
})
