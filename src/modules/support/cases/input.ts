import { UserErrors } from '@trellis/sdk'

/** A refusal of one field of a mutation's input. */
export const refuse = (field: string, code: string, message: string): UserErrors =>
  new UserErrors([{ code, message, path: ['input', field] }])

/** Characters of a reason, at most. */
const longest = 1000

/** A reason, which has to say something. @throws UserErrors */
export function reasonFrom(reason: string): string {
  if (reason.trim() === '') throw refuse('reason', 'REQUIRED', 'reason may not be blank.')
  if (reason.length > longest)
    throw refuse('reason', 'TOO_LONG', `reason has ${reason.length} characters; ${longest} are allowed.`)
  return reason
}
