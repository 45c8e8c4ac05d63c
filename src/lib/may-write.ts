type Action = 'create' | 'update' | 'delete' | 'restore'

interface Asserting {
  readonly rights: {
    assert(action: Action, subject: { readonly entity: string; readonly ownerId?: string | null }): void
  }
}

/** Whether somebody may write a record, for whom no is an answer and not the end. */
export function mayWrite(
  { rights }: Asserting,
  ...[action, subject]: Parameters<Asserting['rights']['assert']>
): boolean {
  try {
    rights.assert(action, subject)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'FORBIDDEN') return false
    throw error
  }
}
