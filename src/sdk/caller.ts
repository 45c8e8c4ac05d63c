import { fileURLToPath } from 'node:url'

/** The file that called `callee`, absolute, read off the stack; empty where the stack does not say. */
export function callerFile(callee: (...args: never[]) => unknown): string {
  const holder: { stack?: string } = {}
  Error.captureStackTrace(holder, callee)
  const place = holder.stack
    ?.split('\n')[1]
    ?.match(/(file:\/\/[^\s)]+?|\/[^\s)]+?|[A-Za-z]:\\[^\s)]+?):\d+:\d+\)?$/)?.[1]
  if (place === undefined) return ''
  return place.startsWith('file:') ? fileURLToPath(place) : place
}
