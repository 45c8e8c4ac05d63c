import type { RemoteOptions } from '@trellis/sdk'
import type { RemoteCall } from './executor.ts'

const fieldValue = /^[\t\u0020-\u007e\u0080-\u00ff]*$/
const traceparentShape = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}/

/** The headers of a call, without those of the signature. What no header can carry is left out. */
export function requestHeaders(
  call: RemoteCall,
  { headers }: Pick<RemoteOptions, 'headers'>,
): Record<string, string> {
  const passed = headers.flatMap(name => {
    const value = call.requestHeaders?.get(name) ?? null
    return value === null || !fieldValue.test(value) ? [] : [[name, value]]
  })
  const { viewer, traceparent, requestId } = call
  return {
    ...Object.fromEntries(passed),
    'content-type': 'application/json',
    accept:
      call.operationType === 'subscription'
        ? 'text/event-stream'
        : 'application/graphql-response+json, application/json;q=0.9',
    // A compressed answer of a few bytes can be one of gigabytes.
    'accept-encoding': 'identity',
    'user-agent': 'trellis',
    'x-request-id': requestId,
    ...(traceparent !== undefined && traceparentShape.test(traceparent) && { traceparent }),
    ...(viewer && { 'x-trellis-viewer-id': viewer.id, 'x-trellis-viewer-role': viewer.role }),
  }
}
