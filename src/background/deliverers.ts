import type { BackgroundExtension } from './background-options.ts'
import { createDeliverer, type Deliverer, type DelivererOptions } from './deliverer.ts'
import { jobRequestType } from './job-queue.ts'
import type { Jobs } from './jobs.ts'

export interface DeliverersOptions extends Omit<DelivererOptions, 'extension' | 'others'> {
  readonly extensions: readonly BackgroundExtension[]
  /** Take the word that a job is to be run. */
  readonly jobs: Pick<Jobs, 'take'>
}

/** Whether an extension has any job. */
export const hasJobs = ({ jobs }: BackgroundExtension): boolean => Object.keys(jobs).length > 0

/** One for each extension that has something to hear, by its name. */
export const createDeliverers = ({
  extensions,
  jobs,
  ...options
}: DeliverersOptions): ReadonlyMap<string, Deliverer> =>
  new Map(
    extensions
      .filter(extension => Object.keys(extension.events).length > 0 || hasJobs(extension))
      .map(extension => [
        extension.name,
        createDeliverer({
          ...options,
          extension,
          ...(hasJobs(extension) && {
            others: { [jobRequestType(extension.name)]: delivery => jobs.take(extension.name, delivery) },
          }),
        }),
      ]),
  )
