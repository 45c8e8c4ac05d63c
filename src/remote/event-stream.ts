import type { Fail } from './fail.ts'

/** One server-sent event. */
export interface ServerSentEvent {
  /** `message` unless the server says. */
  readonly event: string
  readonly data: string
}

/** Takes a stream's text as it comes and answers the events that it completes. */
export type EventParser = (text: string) => readonly ServerSentEvent[]

/**
 * Server-sent events by the HTML standard (https://html.spec.whatwg.org/multipage/server-sent-events.html), without ids and
 * reconnection, which a subscription has no use for.
 *
 * @param most characters of one event
 * @throws RemoteFailure `TOO_LARGE`, from the parser
 */
export function createEventParser(most: number, fail: Fail): EventParser {
  let rest = ''
  let event = ''
  let data: string[] = []
  let size = 0

  const take = (line: string): ServerSentEvent | undefined => {
    if (line === '') {
      const complete = data.length === 0 ? undefined : { event: event || 'message', data: data.join('\n') }
      event = ''
      data = []
      size = 0
      return complete
    }
    const colon = line.indexOf(':')
    const field = colon === -1 ? line : line.slice(0, colon)
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') event = value
    if (field === 'data') data.push(value)
    size += line.length
    return undefined
  }

  return text => {
    // A carriage return at the end may be half of a line's end.
    const whole = rest + text
    const end = whole.endsWith('\r') ? whole.length - 1 : whole.length
    const lines = whole.slice(0, end).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + whole.slice(end)
    const events: ServerSentEvent[] = []
    for (const line of lines) {
      if (size + line.length > most) throw fail('TOO_LARGE', `sent an event of more than ${most} bytes.`)
      const complete = take(line)
      if (complete) events.push(complete)
    }
    if (size + rest.length > most) throw fail('TOO_LARGE', `sent an event of more than ${most} bytes.`)
    return events
  }
}
