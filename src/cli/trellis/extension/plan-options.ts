import type { Command } from 'commander'

/** What `withPlan` adds to a command. */
export interface PlanOptions {
  readonly plan?: boolean
  readonly yes?: boolean
}

/** Lets a command only plan, or not ask. */
export const withPlan = (command: Command): Command =>
  command
    .option('--plan', 'only say what comes, what goes and what breaks')
    .option('--yes', 'do it even when something breaks, without asking')
