export type { Config, ConfiguredKey } from './config.ts'
export { loadConfig } from './load-config.ts'
