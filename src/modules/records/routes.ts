import type { Route } from '@trellis/sdk'
import { download } from './attachments/download.ts'
import { upload } from './attachments/upload.ts'

const path = '/attachments/:id/content'

/** Where attachments' bytes go in and out. */
export const routes: readonly Route[] = [
  { method: 'GET', path, handle: download },
  { method: 'PUT', path, handle: upload },
]
