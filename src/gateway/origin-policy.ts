import type { Config } from '../config/index.ts'

/** Whether pages of this origin may read our answers. `null` and look-alikes are nobody's origin. */
export type OriginPolicy = (origin: string) => boolean

const localOrigin = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/

/** Closed but for the configured origins; in development open to any port of this machine. */
export function createOriginPolicy({
  corsOrigins,
  mode,
}: Pick<Config, 'corsOrigins' | 'mode'>): OriginPolicy {
  const configured: ReadonlySet<string> = new Set(corsOrigins)
  return origin => configured.has(origin) || (mode === 'development' && localOrigin.test(origin))
}
