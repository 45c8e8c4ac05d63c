import type { z } from 'zod'

export interface Question<Data> {
  readonly query: string
  readonly variables?: object
  /** What is expected under `data`. */
  readonly shape: z.ZodType<Data>
}

/** What a gateway answers under `data`. @throws Error with what it says instead */
export async function ask<Data>(
  endpoint: string,
  { query, variables = {}, shape }: Question<Data>,
): Promise<Data> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors }: { data?: unknown; errors?: unknown } = Object(await response.json())
  if (errors !== undefined) throw new Error(`${endpoint} answers ${JSON.stringify(errors, null, 2)}`)
  return shape.parse(data)
}
