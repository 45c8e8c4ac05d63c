import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql'
import { expect, test } from 'vitest'
import { composedSchemaText, composeInstalled } from '../../src/start/composed-schema.ts'

test('schema.graphql is what core and installed extensions compose to', () => {
  const file = readFileSync(join(import.meta.dirname, '..', '..', 'schema.graphql'), 'utf8')
  const isCurrent = file === composedSchemaText()
  expect(isCurrent, 'schema.graphql is out of date: run `npm run schema` and commit it').toBe(true)
})

test('every type, field, argument, input field, enum value and directive is described', () => {
  const { schema } = composeInstalled()
  const undescribed: string[] = []
  const hold = (
    coordinate: string,
    { description }: { readonly description?: string | null | undefined },
  ) => {
    if (!description?.trim()) undescribed.push(coordinate)
  }
  for (const type of Object.values(schema.getTypeMap()).filter(
    candidate => !isIntrospectionType(candidate),
  )) {
    hold(type.name, type)
    if (isEnumType(type)) for (const value of type.getValues()) hold(`${type.name}.${value.name}`, value)
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) hold(`${type.name}.${field.name}`, field)
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields())) {
        hold(`${type.name}.${field.name}`, field)
        for (const argument of field.args) hold(`${type.name}.${field.name}(${argument.name}:)`, argument)
      }
  }
  for (const directive of schema.getDirectives()) {
    hold(`@${directive.name}`, directive)
    for (const argument of directive.args) hold(`@${directive.name}(${argument.name}:)`, argument)
  }
  expect(undescribed).toEqual([])
})

test('every mutation takes one input of its own name and answers userErrors', () => {
  const mutations = Object.values(composeInstalled().schema.getMutationType()?.getFields() ?? {})
  const shapes = mutations.map(({ name, args, type }) => {
    const payload = getNamedType(type)
    const errors = isObjectType(payload) ? payload.getFields()['userErrors']?.type : null
    return `${name}(${args.map(argument => `${argument.name}: ${String(argument.type)}`).join()}) ${String(errors)}`
  })
  expect(shapes.length).toBeGreaterThan(90)
  expect(shapes).toEqual(
    mutations.map(
      ({ name }) => `${name}(input: ${name.charAt(0).toUpperCase()}${name.slice(1)}Input!) [UserError!]!`,
    ),
  )
})
