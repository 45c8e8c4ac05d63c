import { z } from 'zod'
import { CommandError } from '../command-error.ts'

export const userErrorsShape = z.array(
  z.object({ code: z.string(), message: z.string(), path: z.array(z.string()) }),
)

/** Each with its path. @throws CommandError when there are any */
export function refuseUserErrors(userErrors: z.infer<typeof userErrorsShape>): void {
  if (userErrors.length === 0) return
  throw new CommandError(
    userErrors
      .map(({ code, message, path }) => `${code} at ${path.join('.') || '(the whole)'}: ${message}`)
      .join('\n'),
  )
}
