import { styleText } from 'node:util'

/** What a line of output is about, for those who see colours. */
export type Tone = 'good' | 'warning' | 'bad' | 'faint' | 'strong'

export type Paint = (tone: Tone, text: string) => string

const formats = { good: 'green', warning: 'yellow', bad: 'red', faint: 'dim', strong: 'bold' } as const

/** Colours where standard output is a terminal that has them and NO_COLOR is not set. */
export const paintForTerminal: Paint = (tone, text) =>
  styleText(formats[tone], text, { stream: process.stdout, validateStream: true })
