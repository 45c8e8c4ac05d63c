/** Where two texts part, with what surrounds the place in both. */
export function difference(expected: string, given: string): string {
  const place = [...expected].findIndex((letter, index) => letter !== given[index])
  const at = place < 0 ? expected.length : place
  const around = (text: string) => text.slice(Math.max(0, at - 200), at + 200)
  return `at character ${at}, expected\n${around(expected)}\ngiven\n${around(given)}`
}
