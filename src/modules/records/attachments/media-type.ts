import { MIMEType } from 'node:util'

/** A media type such as `text/plain; charset=utf-8`, or `null` for what is none. */
export function parseMediaType(text: string): MIMEType | null {
  try {
    return new MIMEType(text)
  } catch {
    return null
  }
}

const fits = (pattern: string, essence: string): boolean =>
  pattern === '*/*' ||
  pattern === essence ||
  (pattern.endsWith('/*') && essence.startsWith(pattern.slice(0, -1)))

/** Whether files of a type are taken: the first rule that fits decides, and what fits none is refused. */
export function isTaken({ essence }: MIMEType, rules: readonly string[]): boolean {
  const rule = rules.find(entry => fits(entry.replace(/^!/, ''), essence))
  return rule !== undefined && !rule.startsWith('!')
}
