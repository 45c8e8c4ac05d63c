import { inputError, UserErrors } from '@trellis/sdk'

/** A field of the input is refused. */
export const refuse = (field: string, code: string, message: string): UserErrors =>
  new UserErrors([inputError(field, code, message)])

/** A record that is not there, or not for the viewer, who is not told which. */
export const refuseMissing = (field: string, entity: string, id: string): UserErrors =>
  refuse(field, 'NOT_FOUND', `There is no ${entity} "${id.slice(0, 60)}", or none that you may see.`)
