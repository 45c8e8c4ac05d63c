/** Where a text stops being JSON, and why; V8's own messages leave out the place or quote the text. */
export interface JsonFault {
  readonly line: number
  readonly column: number
  /** Such as `a value is expected, but there is "}"`. */
  readonly reason: string
}

type Expected = 'a value' | 'a value or "]"' | 'a key in double quotes' | 'a key or "}"' | '":"' | 'end'

const space = /[ \t\n\r]*/y
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

/** The end of a sticky pattern's match at this index, or the index itself. */
const after = (pattern: RegExp, text: string, index: number) => {
  pattern.lastIndex = index
  return pattern.test(text) ? pattern.lastIndex : index
}

/** The index behind the string that starts here, or where it breaks. */
function readString(
  text: string,
  start: number,
): { readonly end: number } | { readonly fault: number; readonly reason: string } {
  let index = start + 1
  while (index < text.length) {
    const character = text.charAt(index)
    if (character === '"') return { end: index + 1 }
    if (character < ' ')
      return {
        fault: index,
        reason:
          'a string has a line break or control character, which must be written as an escape such as \\n',
      }
    if (character === '\\') {
      const next = after(escape, text, index)
      if (next === index) return { fault: index, reason: 'a string has an unknown escape' }
      index = next
    } else index += 1
  }
  return { fault: start, reason: 'the string that starts here is not closed' }
}

const place = (text: string, index: number) => {
  const before = text.slice(0, index)
  return { line: before.split('\n').length, column: index - before.lastIndexOf('\n') }
}

/**
 * The first fault of a text that JSON.parse refused; `null` when it is JSON after all. Iterative, since
 * a body of a megabyte may nest as deep as it likes.
 */
export function findJsonFault(text: string): JsonFault | null {
  const open: ('{' | '[')[] = []
  let expected: Expected = 'a value'
  let index = 0
  const fault = (at: number, reason: string): JsonFault => ({ ...place(text, at), reason })
  const mismatch = (wanted: string) => {
    const found = text.codePointAt(index)
    const there =
      found === undefined ? 'the text ends' : `there is ${JSON.stringify(String.fromCodePoint(found))}`
    return fault(index, `${wanted} is expected, but ${there}`)
  }
  for (;;) {
    index = after(space, text, index)
    const character = text.charAt(index)
    const inside = open.at(-1)
    if (expected === 'end') {
      if (inside === undefined) return index === text.length ? null : mismatch('the end')
      if (character === ',') expected = inside === '{' ? 'a key in double quotes' : 'a value'
      else if (character === (inside === '{' ? '}' : ']')) open.pop()
      else return mismatch(inside === '{' ? '"," or "}"' : '"," or "]"')
      index += 1
    } else if (expected === '":"') {
      if (character !== ':') return mismatch(expected)
      expected = 'a value'
      index += 1
    } else if (character === '"') {
      const string = readString(text, index)
      if ('fault' in string) return fault(string.fault, string.reason)
      expected = expected.startsWith('a key') ? '":"' : 'end'
      index = string.end
    } else if (expected.startsWith('a key')) {
      if (character !== '}' || expected === 'a key in double quotes') return mismatch(expected)
      open.pop()
      expected = 'end'
      index += 1
    } else if (character === '{' || character === '[') {
      open.push(character)
      expected = character === '{' ? 'a key or "}"' : 'a value or "]"'
      index += 1
    } else if (character === ']' && expected === 'a value or "]"') {
      open.pop()
      expected = 'end'
      index += 1
    } else {
      const end = after(scalar, text, index)
      if (end === index) return mismatch(expected)
      expected = 'end'
      index = end
    }
  }
}
