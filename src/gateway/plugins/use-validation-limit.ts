import { validate } from 'graphql'
import type { GatewayPlugin } from '../exchange.ts'

/** graphql-js adds one of its own that says that it stopped, so ten are the most that is answered. */
const maxErrors = 9

/** A document with ten thousand mistakes is answered with the first ones, and costs no more than they do. */
export const useValidationLimit = (): GatewayPlugin => ({
  onValidate({ setValidationFn }) {
    setValidationFn((schema, document, rules) => validate(schema, document, rules, { maxErrors }))
  },
})
