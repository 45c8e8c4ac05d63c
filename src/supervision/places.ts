import type { Gate } from './gate.ts'

/**
 * Places at the gate, held together: calls of one field for one request hold one, and wait for one. A field on an
 * extension's own type is called once a parent, and what its loader gathers must not be torn apart.
 */
export interface Places {
  /** Whether a call for this request may start now. */
  readonly isFree: (asking: object | undefined) => boolean
  /** @param isTaken whether a place was taken for it already, by waiting */
  readonly enter: (asking: object | undefined, isTaken: boolean) => void
  readonly leave: (asking: object | undefined) => void
  /** As the gate's: `isTaken` is true for the first of those that waited together. */
  readonly wait: (asking: object | undefined, callback: (isTaken: boolean) => void) => (() => void) | null
}

interface Waiting {
  readonly callbacks: Set<(isTaken: boolean) => void>
  readonly leaveLine: () => void
}

export function createPlaces(gate: Gate): Places {
  const inside = new WeakMap<object, number>()
  const inLine = new WeakMap<object, Waiting>()
  const countOf = (asking: object): number => inside.get(asking) ?? 0

  const lineUp = (asking: object): Waiting | null => {
    const callbacks: Waiting['callbacks'] = new Set()
    const leaveLine = gate.wait(() => {
      inLine.delete(asking)
      let isTaken = true
      for (const callback of callbacks) {
        callback(isTaken)
        isTaken = false
      }
    })
    if (leaveLine === null) return null
    const waiting = { callbacks, leaveLine }
    inLine.set(asking, waiting)
    return waiting
  }

  return {
    isFree: asking => (asking !== undefined && countOf(asking) > 0) || gate.isFree(),
    enter(asking, isTaken) {
      const count = asking === undefined ? 0 : countOf(asking)
      if (asking !== undefined) inside.set(asking, count + 1)
      if (count === 0 && !isTaken) gate.enter()
      if (count > 0 && isTaken) gate.leave()
    },
    leave(asking) {
      if (asking === undefined) return gate.leave()
      const count = countOf(asking) - 1
      inside.set(asking, count)
      if (count === 0) gate.leave()
    },
    wait(asking, callback) {
      if (asking === undefined) return gate.wait(() => callback(true))
      const waiting = inLine.get(asking) ?? lineUp(asking)
      if (waiting === null) return null
      waiting.callbacks.add(callback)
      return () => {
        waiting.callbacks.delete(callback)
        if (waiting.callbacks.size > 0) return
        inLine.delete(asking)
        waiting.leaveLine()
      }
    },
  }
}
