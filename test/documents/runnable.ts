import type { CodeBlock } from './code-blocks.ts'
import type { Document } from './documents.ts'

/** An operation that a document says is run, with what it says beside it. */
export interface RunnableExample {
  readonly query: string
  /** JSON; `cus_…` stands for the id of that kind that was answered last. */
  readonly variables: string
  /** JSON of what stands under `data`; `…` stands for anything. */
  readonly answer: string
  /** The instant that it is run at, of `run at 2026-03-02T01:00:00Z`; `null` for that of the one before. */
  readonly at: Date | null
  readonly line: number
}

/** The operations marked `run`, each with the blocks of JSON that follow it. @throws Error when there is no answer among them */
export function runnableExamples({ path, blocks }: Document): readonly RunnableExample[] {
  return blocks.flatMap((block, index): RunnableExample[] => {
    if (block.language !== 'graphql' || block.title.split(' ')[0] !== 'run') return []
    const following = blocks.slice(index + 1)
    const next = following.findIndex(({ language }) => language !== 'json')
    const json = next === -1 ? following : following.slice(0, next)
    const variables = json.find(isVariables)?.code ?? '{}'
    const answer = json.find(other => !isVariables(other))?.code
    if (answer === undefined)
      throw new Error(`${path}:${block.line} is run, but the document does not say what is answered.`)
    const instant = /^run at (\S+)$/.exec(block.title)?.[1]
    return [
      { query: block.code, variables, answer, at: instant ? new Date(instant) : null, line: block.line },
    ]
  })
}

const isVariables = ({ title }: CodeBlock): boolean => title === 'variables'

/** Puts ids in the place of `cus_…`: of each kind, the one that was answered last. */
export function withKnownIds(variables: string, answers: string): Readonly<Record<string, unknown>> {
  const filled = variables.replaceAll(/\b([a-z]{3})_…/g, (placeholder, prefix: string) => {
    const known = [...answers.matchAll(new RegExp(`\\b${prefix}_[0-9a-z]{26}\\b`, 'g'))].at(-1)?.[0]
    return known ?? placeholder
  })
  const parsed: Readonly<Record<string, unknown>> = JSON.parse(filled)
  return parsed
}
