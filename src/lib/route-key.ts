/** Where a route is. */
export interface RoutePlace {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Begins with a slash; `:name` is a parameter. */
  readonly path: string
}

const isMethod = (text: string | undefined): text is RoutePlace['method'] =>
  text !== undefined && ['GET', 'POST', 'PUT', 'DELETE'].includes(text)

/** Reads `POST /callback/:id`; `null` for what is no route. */
export function routePlaceOf(key: string): RoutePlace | null {
  const [, method, path] = /^([A-Z]+) ((?:\/(?::[a-zA-Z]+|[a-z0-9-]+))+)$/.exec(key) ?? []
  return isMethod(method) && path !== undefined ? { method, path } : null
}
