import type { Routes } from '@trellis/sdk'
import { download } from './attachments/download.ts'
import { upload } from './attachments/upload.ts'

/** Where attachments' bytes go in and out. */
export const routes: Routes = {
  'GET /attachments/:id/content': download,
  'PUT /attachments/:id/content': upload,
}
