/**
 * What a new cluster's postgresql.conf says beyond PostgreSQL's own choices, which are durable
 * (fsync, full_page_writes and synchronous_commit are on). It is the operator's to change from then on.
 */
export const SETTINGS: Readonly<Record<string, string>> = {
  max_connections: '100',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // `log` means LOG, FATAL and PANIC, without ERROR: clients are told of their errors, and statements
  // hold customers' data, which has no place in a log file. It also keeps the file small.
  log_min_messages: 'log',
  log_checkpoints: 'off',
  log_autovacuum_min_duration: '-1',
}

/** The superuser, for the presence lock and the first set-up only. */
export const SUPERUSER = 'postgres'

/** The role and the database of Trellis. The role is no superuser: an injected statement cannot run programs. */
export const DATABASE = 'trellis'

/** The file in the cluster that holds the password of both roles, needed where the server listens on a port. */
export const PASSWORD_FILE = 'trellis.password'
