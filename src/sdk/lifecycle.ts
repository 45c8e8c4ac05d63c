import type { DataContext } from './context.ts'

/** What an extension is upgraded from, or rolled back from. */
export interface Upgrade {
  /** The version that served before, semver; higher than its own after a rollback. */
  readonly from: string
}

/**
 * What an extension does at the turns of its life. Each runs in one transaction with what it is about: what it throws
 * takes all back that it wrote. As others may write the same records, it may be called again with a new context, so it
 * leaves nothing outside of the transaction.
 */
export interface Lifecycle {
  /**
   * Called in the transaction of the administrator who disables it, with that viewer's rights, before this is kept; in a
   * dry run, too. Not while the extension does not run. Throws `UserErrors` to refuse; a path that is empty becomes that
   * of the extension's name. Whatever else it throws fails the mutation. @default nobody is asked
   */
  readonly beforeDisable?: (context: DataContext) => void | Promise<void>
  /**
   * Called once on a database, as the system, when a version of the extension serves there for the first time and none
   * did before. It may take `limits.writeDeadlineMs`. What it throws is logged, and it is tried again every minute and at the
   * next start; the extension serves meanwhile. @default nothing is done
   */
  readonly afterInstall?: (context: DataContext) => void | Promise<void>
  /** As `afterInstall`, when another version than the one before serves for the first time. @default nothing is done */
  readonly afterUpgrade?: (context: DataContext, upgrade: Upgrade) => void | Promise<void>
}
