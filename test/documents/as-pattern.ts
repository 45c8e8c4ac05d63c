import { expect } from 'vitest'

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** An example's answer as something to compare with: `…` in a text stands for anything. */
export function asPattern(example: unknown): unknown {
  if (typeof example === 'string')
    return example.includes('…')
      ? expect.stringMatching(new RegExp(`^${example.split('…').map(escaped).join('.*')}$`))
      : example
  if (Array.isArray(example)) return example.map(asPattern)
  if (typeof example !== 'object' || example === null) return example
  return Object.fromEntries(Object.entries(example).map(([key, value]) => [key, asPattern(value)]))
}
