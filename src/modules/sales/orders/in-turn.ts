import type { Change, Check, UserError } from '@trellis/sdk'

const isAbout = ({ path }: UserError, change: Pick<Change, 'path'>): boolean =>
  change.path.every((step, index) => path[index] === step)

/** One check of several: each looks only at what those before it let pass, so that it may rely on them. */
export const inTurn =
  <Row>(...checks: readonly Check<Row>[]): Check<Row> =>
  async (changes, context) => {
    const errors: UserError[] = []
    let passed = changes
    for (const check of checks) {
      const found = await check(passed, context)
      errors.push(...found)
      if (found.length > 0) passed = passed.filter(change => !found.some(error => isAbout(error, change)))
    }
    return errors
  }
