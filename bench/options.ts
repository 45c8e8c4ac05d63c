import { parseArgs } from 'node:util'
import { type ScenarioName, scenarioNames } from './contenders/contender.ts'

/** What a run measures, and for how long. */
export interface Options {
  readonly quick: boolean
  /** Contenders by name; all when empty. */
  readonly only: readonly string[]
  readonly scenarios: readonly ScenarioName[]
  readonly rounds: number
  /** How long a turn lasts. */
  readonly seconds: number
  readonly connections: number
}

export const help = `Measures Trellis against its peers, plain SQL and a hand-written server.

  npm run bench -- [options]

  --quick            shorter turns and fewer of them: under five minutes, for a first look
  --only a,b         these contenders alone; what compares them with others is left out
  --scenarios x,y    these scenarios alone: ${scenarioNames.join(', ')}
  --rounds n         turns of each contender (7; 3 with --quick)
  --seconds n        how long a turn lasts (4; 1 with --quick)
  --connections n    how many ask at once (32)
  --help             this

BENCH_DATABASE_URL names the database; it is made when it is not there.
Without --only and --scenarios the figures of one process each, such as the time to start, are taken as well.
`

/**
 * Reads the words of the command line.
 *
 * @returns `null` when only help is asked for
 * @throws Error that names the word and what is allowed
 */
export function readOptions(words: readonly string[], contenders: readonly string[]): Options | null {
  const values = parse(words)
  if (values.help) return null
  return {
    quick: values.quick,
    only: values.only === undefined ? [] : readNames('only', values.only, contenders),
    scenarios:
      values.scenarios === undefined
        ? scenarioNames
        : readNames('scenarios', values.scenarios, scenarioNames),
    rounds: readNumber('rounds', values.rounds, values.quick ? 3 : 7, 1000),
    seconds: readNumber('seconds', values.seconds, values.quick ? 1 : 4, 600),
    connections: readNumber('connections', values.connections, 32, 1000),
  }
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        quick: { type: 'boolean', default: false },
        only: { type: 'string' },
        scenarios: { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        connections: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`, { cause: error })
  }
}

function readNames<Name extends string>(
  option: string,
  text: string,
  allowed: readonly Name[],
): readonly Name[] {
  return text.split(',').map(word => {
    const name = allowed.find(candidate => candidate === word)
    if (name === undefined) throw new Error(`--${option} names "${word}"; there are ${allowed.join(', ')}.`)
    return name
  })
}

function readNumber(option: string, text: string | undefined, otherwise: number, most: number): number {
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > most)
    throw new Error(`--${option} is "${text}"; it has to be a whole number from 1 to ${most}.`)
  return value
}
