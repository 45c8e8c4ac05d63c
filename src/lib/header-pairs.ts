/** Headers one by one, since there may be several of one name, as of cookies that are set: no object by name can hold these. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[]

type Given = Iterable<readonly [name: string, value: string]> | Readonly<Record<string, string>>

/** The headers of a Response, or of an object by name. */
export const headerPairs = (headers: Given): [name: string, value: string][] =>
  Array.from(isIterable(headers) ? headers : Object.entries(headers), ([...pair]) => pair)

const isIterable = (headers: Given): headers is Exclude<Given, Readonly<Record<string, string>>> =>
  Symbol.iterator in headers
