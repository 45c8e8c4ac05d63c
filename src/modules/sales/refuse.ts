import { UserErrors } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'

/** A refusal of one field of a mutation's input. */
export const refuse = (field: string, code: string, message: string): UserErrors =>
  new UserErrors([refusal({ path: ['input'] }, field, code, message)])
