import type { Paint, Tone } from '../paint.ts'
import type { Finding } from './finding.ts'

const marks: Readonly<Record<Finding['verdict'], { readonly mark: string; readonly tone: Tone }>> = {
  good: { mark: 'ok', tone: 'good' },
  warning: { mark: 'note', tone: 'warning' },
  bad: { mark: 'wrong', tone: 'bad' },
  unknown: { mark: '?', tone: 'faint' },
}

/** What was found, a line each, and then what to do, in order. */
export function describeFindings(findings: readonly Finding[], paint: Paint): string {
  const lines = findings.map(({ verdict, topic, says }) => {
    const { mark, tone } = marks[verdict]
    return `${paint(tone, mark.padEnd(5))}  ${topic.padEnd(8)}  ${says}`
  })
  const steps = [...new Set(findings.flatMap(({ next }) => next ?? []))]
  const next =
    steps.length === 0
      ? 'There is nothing to do.'
      : ['Next:', ...steps.map((step, index) => `${index + 1}. ${step}`)].join('\n')
  return [lines.join('\n'), next].join('\n\n')
}
