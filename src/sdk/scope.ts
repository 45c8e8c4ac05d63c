import type { Records } from './context.ts'

/**
 * What an extension's code may do with the records of one core entity: `customer:read`, `orderLine:write`. To write is
 * to read as well. A scope never gives more than the viewer has.
 */
export type Scope = `${Uncapitalize<Extract<keyof Records, string>>}:${'read' | 'write'}`
