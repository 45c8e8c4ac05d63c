import { TrellisError, type Viewer } from '@trellis/sdk'

/** What code has thrown may hold anything: it is for those who run the installation. */
export function assertAdministrator({ role }: Viewer): void {
  if (role !== 'ADMINISTRATOR')
    throw new TrellisError('FORBIDDEN', 'What failed in extensions is for administrators to see.')
}
