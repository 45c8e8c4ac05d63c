import { type ExecutionArgs, type ExecutionResult, execute } from 'graphql'
import { plainProperty } from './plain-property.ts'

/** Executes one operation of one document on one schema. */
export type ExecuteOperation = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

/** graphql-js, for what is not compiled. */
export const interpretOperation: ExecuteOperation = args => execute({ ...args, fieldResolver: plainProperty })
