import type { TrellisError } from '@trellis/sdk'
import { errorCodes } from '@trellis/sdk'
import type { FetchAPI } from 'graphql-yoga'

/** A refusal of a request that is not an operation, in the form that operations' errors have. */
export const refusalResponse = (
  { message, code, extensions }: TrellisError,
  { requestId, fetchAPI }: { readonly requestId: string; readonly fetchAPI: FetchAPI },
): Response => {
  const { http: _http, ...shown } = extensions
  return fetchAPI.Response.json(
    { errors: [{ message, extensions: { ...shown, requestId } }] },
    {
      status: errorCodes[code].httpStatus,
      headers: code === 'UNAUTHENTICATED' ? { 'www-authenticate': 'Bearer' } : {},
    },
  )
}
